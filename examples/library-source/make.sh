#!/usr/bin/env bash
# Makes every generated document of ../library anew. See README.md for the packages.
set -euo pipefail
cd "$(dirname "$0")"
library=../library
export SOURCE_DATE_EPOCH=1767225600

# The Chinese fonts, cut down to the characters in use: weasyprint alone would embed ten times as much.
fonts=$(mktemp -d)
trap 'rm -rf "$fonts"' EXIT
for weight in Serif:Regular Sans:Bold; do
  /usr/bin/python3 -m fontTools.subset "/usr/share/fonts/opentype/noto/Noto${weight/:/CJK-}.ttc" --font-number=2 \
    --text-file=员工手册-2026.html --desubroutinize --output-file="$fonts/${weight%:*}.otf"
done
cat > "$fonts/fonts.css" <<CSS
@font-face { font-family: "Handbook Serif"; src: url("file://$fonts/Serif.otf") }
@font-face { font-family: "Handbook Sans"; font-weight: bold; src: url("file://$fonts/Sans.otf") }
CSS

for name in juniper-manual conditions-of-carriage-2026; do
  weasyprint --optimize-size fonts "$name.html" "$library/$name.pdf"
done
weasyprint --optimize-size fonts --stylesheet "$fonts/fonts.css" 员工手册-2026.html "$library/员工手册-2026.pdf"
for name in safety-guide TK-300自助售票机手册; do
  pandoc --from markdown --to docx --output "$library/$name.docx" "$name.md"
done
pandoc --from markdown --to pptx --output "$library/crew-induction.pptx" crew-induction.md
pandoc --from markdown --to epub3 --toc --output "$library/燈島導覽.epub" 燈島導覽.md
iconv -f UTF-8 -t GB18030 员工手册-2023.utf8.txt | sed 's/$/\r/' > "$library/员工手册-2023.txt"
/usr/bin/python3 make_timetable.py
/usr/bin/python3 make_mail.py
