"""Writes ../library/charger-outage.eml: a mail with a Chinese subject, quoted-printable text and an HTML twin."""
from email.message import EmailMessage
from email.policy import SMTP

TEXT = """Dear all,

The charger QC-1200 at berth 2 tripped on Tuesday, 13 January 2026, at 05:52 and could not be started again until 14:30.
The sensor of cooling loop 3 had reported 97 °C although the coolant was at 21 °C. Ingrid Solheim found the fault. She
replaced it with the last spare from store room 5, so please order new ones today (part number FLT-2207-C).

What this meant for passengers: sailings A103, A104 and B201 were taken over by the Marigold, A107 was cancelled.
212 passengers were rebooked, and we paid 1,740 yuan in refunds.

Until the new sensors are in, please do the following at the start of each morning watch:

1. Read the three coolant temperatures on the charger's panel.
2. Compare them with the hand thermometer.
3. If they differ by more than 5 °C, call me on extension 44.

The next review is on 27 January at 10:00 in the workshop.

Regards,
Martin Okafor
Chief electrician, Tern Bay Ferries

各位同事：1月13日充电桩停机共8小时38分钟，详情见上。备件到货前，请每天早班检查冷却液温度。
"""

mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
mail["From"] = "Martin Okafor <m.okafor@ternbay.example>"
mail["To"] = "Bridge and engine crews <crews@ternbay.example>"
mail["Cc"] = "何小舟 <he.xiaozhou@ternbay.example>"
mail["Subject"] = "Charger outage on 13 January 充电桩停机"
mail["Date"] = "Wed, 14 Jan 2026 08:15:00 +0800"
mail["Message-ID"] = "<20260114-0815-okafor@ternbay.example>"
mail.set_content(TEXT, cte="quoted-printable")
paragraphs = "".join(f"<p>{part}</p>\n" for part in TEXT.strip().split("\n\n"))
mail.add_alternative(f"<html><body>\n{paragraphs}</body></html>", subtype="html", cte="quoted-printable")
mail.set_boundary("ternbay-2026-01-14")
with open("../library/charger-outage.eml", "wb") as out:
    out.write(mail.as_bytes())
