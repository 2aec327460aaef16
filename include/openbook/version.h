#pragma once

#define OPENBOOK_VERSION "0.1.0"
