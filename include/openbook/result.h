#pragma once

/// Result<T>, Error and Code: how every call of the library tells success from failure.
#include "base/result.h"
