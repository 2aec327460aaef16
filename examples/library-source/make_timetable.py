"""Writes ../library/timetable-2026.xlsx. Needs python3-openpyxl."""
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.styles import Font

HEAD = ["Sailing 班次", "Route 航线", "From 出发", "To 到达", "Departs 开航", "Arrives 到港", "Days 日期", "Ship 船名"]
Q, A, L = "Quayhead 埠头镇", "Alder Island 桤岛", "Lantern Island 灯岛"
M, J = "Marigold 金盏号", "Juniper 杜松号"

SUMMER = [
    ("A101", "A", Q, A, "06:40", "07:15", "daily 每天", M), ("A102", "A", A, Q, "07:30", "08:05", "daily 每天", M),
    ("A103", "A", Q, A, "08:30", "09:00", "daily 每天", J), ("A104", "A", A, Q, "09:20", "09:50", "daily 每天", J),
    ("A105", "A", Q, A, "11:00", "11:35", "daily 每天", M), ("A106", "A", A, Q, "11:50", "12:25", "daily 每天", M),
    ("A107", "A", Q, A, "14:20", "14:50", "daily 每天", J), ("A108", "A", A, Q, "15:10", "15:40", "daily 每天", J),
    ("A109", "A", Q, A, "17:10", "17:45", "daily 每天", M), ("A110", "A", A, Q, "18:00", "18:35", "daily 每天", M),
    ("A111", "A", Q, A, "20:15", "20:50", "Fri–Sun 周五至周日", M), ("A112", "A", A, Q, "21:05", "21:40", "Fri–Sun 周五至周日", M),
    ("B201", "B", Q, L, "10:30", "11:25", "daily 每天", J), ("B202", "B", L, Q, "12:10", "13:05", "daily 每天", J),
    ("B203", "B", Q, L, "16:20", "17:15", "daily 每天", J), ("B204", "B", L, Q, "17:45", "18:40", "daily 每天", J),
    ("C301", "C", A, L, "12:40", "13:05", "Sat–Sun 周六和周日", M), ("C302", "C", L, A, "15:25", "15:50", "Sat–Sun 周六和周日", M),
]
WINTER = [
    ("A101", "A", Q, A, "07:10", "07:45", "Mon–Sat 周一至周六", M), ("A102", "A", A, Q, "08:00", "08:35", "Mon–Sat 周一至周六", M),
    ("A103", "A", Q, A, "10:00", "10:30", "daily 每天", J), ("A104", "A", A, Q, "10:50", "11:20", "daily 每天", J),
    ("A109", "A", Q, A, "16:50", "17:25", "daily 每天", M), ("A110", "A", A, Q, "17:40", "18:15", "daily 每天", M),
    ("B201", "B", Q, L, "12:30", "13:25", "Wed, Sat, Sun 周三、周六、周日", J),
    ("B202", "B", L, Q, "14:15", "15:10", "Wed, Sat, Sun 周三、周六、周日", J),
]
PERIODS = [
    ("Timetable 时刻表", "First day 首日", "Last day 末日", "Remark 备注"),
    ("Summer 夏季", datetime(2026, 5, 1), datetime(2026, 9, 30), "Route C sails from 1 June on C航线自6月1日起开航"),
    ("Winter 冬季", datetime(2026, 10, 1), datetime(2027, 4, 30), "No sailings on 1 January 1月1日停航"),
]


def clock(text):
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def fill(sheet, rows):
    sheet.append(HEAD)
    for row in rows:
        sheet.append([*row[:4], clock(row[4]), clock(row[5]), *row[6:]])
        for cell in sheet[sheet.max_row][4:6]:
            cell.number_format = "hh:mm"


book = Workbook()
summer = book.active
summer.title = "Summer 夏季"
fill(summer, SUMMER)
fill(book.create_sheet("Winter 冬季"), WINTER)
periods = book.create_sheet("Periods 有效期")
for line in PERIODS:
    periods.append(line)
    for cell in periods[periods.max_row][1:3]:
        cell.number_format = "yyyy-mm-dd"
for sheet in book:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in "ABCDEFGH":
        sheet.column_dimensions[column].width = 20
book.properties.creator = "Tern Bay Ferries"
book.properties.title = "Timetable 2026"
book.properties.created = book.properties.modified = datetime(2026, 2, 10)
book.save("../library/timetable-2026.xlsx")
