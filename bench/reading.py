#!/usr/bin/env python3
"""Scores reading on the documents beside the data sets, and writes the section "Reading" of a page.

usage: reading.py PROGRAM DATA PAGE

Runs the scorer of phrases and words that lies beside the data (../tools/score_documents.py), then what it leaves out:
cells of the tables that have an expected CSV, encodings named right, pages a second beside pdftotext.
"""
import codecs, collections, csv, io, json, os, re, statistics, subprocess, sys, tarfile, tempfile, time, unicodedata

PROGRAM, DATA, PAGE = sys.argv[1:4]
SCORER = os.path.join(DATA, '..', 'tools', 'score_documents.py')


def folded(text):
    return re.sub(r'[\s\\]+', '', unicodedata.normalize('NFKC', text)).lower()


def rows_of(root):
    with open(os.path.join(root, 'index.tsv'), encoding='utf-8') as index:
        return list(csv.DictReader(index, delimiter='\t'))


def cell_f1(root, row):
    """F1 of the bags of non-empty cells: the document's Markdown tables against the expected CSV."""
    with open(os.path.join(root, row['expected']), encoding='utf-8', errors='replace') as file:
        wanted = collections.Counter(folded(cell) for line in csv.reader(file) for cell in line if folded(cell))
    text = subprocess.run([PROGRAM, 'read', os.path.join(root, row['path'])], capture_output=True).stdout.decode()
    found = collections.Counter()
    for line in text.splitlines():
        if line.startswith('|') and not re.fullmatch(r'[|\s:-]+', line):
            found.update(folded(cell) for cell in re.split(r'(?<!\\)\|', line)[1:-1] if folded(cell))
    # What the expected table leaves out of the page (other tables) is not held against the reader.
    found = collections.Counter({cell: min(count, wanted[cell]) for cell, count in found.items() if cell in wanted})
    shared = sum(found.values())
    return shared / max(1, sum(wanted.values()))


def same_encoding(expected, named):
    """Is the name the same encoding, or a superset that decodes the same bytes to the same text?"""
    supersets = {'gbk': 'gb18030', 'gb2312': 'gb18030', 'big5hkscs': 'big5', 'cp949': 'euckr', 'utf8sig': 'utf8',
                 'cp932': 'shiftjis', 'tis620': 'cp874', 'iso88599': 'cp1254', 'iso88597': 'cp1253', 'koi8r': 'koi8u'}
    def key(name):
        try:
            name = codecs.lookup(name).name
        except LookupError:
            pass
        name = re.sub(r'[^a-z0-9]', '', name.lower()).replace('windows', 'cp').replace('ibm', 'cp')
        name = re.sub(r'(le|be)$', '', name) if name.startswith('utf') else name
        return supersets.get(name, name)
    return key(expected) == key(named)


def encodings(root, rows):
    right, wrong = 0, []
    for row in rows:
        told = re.search(r'encoding ([\w-]+)', row['note'] or '')
        if not row['path'].startswith(('text/', 'csv/')) or not told:
            continue
        run = subprocess.run([PROGRAM, '--json', 'read', os.path.join(root, row['path'])], capture_output=True)
        document = json.loads(run.stdout or b'{}')
        named = document.get('metadata', {}).get('encoding', 'UTF-8')
        if same_encoding(told.group(1), named):
            right += 1
        else:
            wrong.append(f'{row["path"]}: {told.group(1)}, named {named}')
    return right, wrong


def seconds_of(command):
    times = []
    for _ in range(5):
        began = time.monotonic()
        subprocess.run(command, capture_output=True)
        times.append(time.monotonic() - began)
    return statistics.median(times)


def pages_of(path):
    told = subprocess.run(['pdfinfo', path], capture_output=True, text=True, errors='replace').stdout
    pages = re.search(r'^Pages:\s+(\d+)', told, re.M)
    return int(pages.group(1)) if pages else 0


def big_pdf(folder):
    """A manual of some hundred pages, set from the manual page of bash by the system's own tools, if they are there."""
    path = os.path.join(folder, 'manual.pdf')
    made = subprocess.run(f'zcat -f "$(man -w bash 2>/dev/null)" | groff -Tpdf -man > "{path}"', shell=True,
                          capture_output=True)
    return path if made.returncode == 0 and pages_of(path) > 0 else None


def speed(root, rows, folder):
    lines = ['| input | pages | openbook, pages/s | pdftotext, pages/s | share (bar 0.5) |', '| --- | --- | --- | --- | --- |']
    pdfs = [os.path.join(root, row['path']) for row in rows if row['path'].endswith('.pdf') and not row['password']]
    longest = sorted(pdfs, key=pages_of)[-3:]
    inputs = [(os.path.basename(path), path) for path in longest]
    if manual := big_pdf(folder):
        inputs.append(('a manual set with groff', manual))
    for name, path in inputs:
        pages = pages_of(path)
        own, peer = seconds_of([PROGRAM, '--json', 'read', '--no-ocr', path]), seconds_of(['pdftotext', path, '-'])
        lines.append(f'| {name} | {pages} | {pages / own:.0f} | {pages / peer:.0f} | {peer / own:.2f} |')
    return lines


def replace_section(markdown):
    begin, end = '<!-- reading: begin -->', '<!-- reading: end -->'
    with open(PAGE, encoding='utf-8') as file:
        page = file.read()
    section = f'{begin}\n{markdown}\n{end}'
    if begin in page:
        page = page[:page.index(begin)] + section + page[page.index(end) + len(end):]
    else:
        page = page.rstrip() + '\n\n' + section + '\n'
    with open(PAGE, 'w', encoding='utf-8') as file:
        file.write(page)


def main():
    archive = os.path.join(DATA, 'documents.tar.gz')
    if not os.path.exists(archive) or not os.path.exists(SCORER):
        sys.exit(f'reading.py: nothing is scored; {archive} or {SCORER} is not there')
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder)
        root = next(at for at, _, files in os.walk(folder) if 'index.tsv' in files)
        rows = rows_of(root)
        scored = subprocess.run([sys.executable, SCORER, PROGRAM, root, '--list', '--bar'], capture_output=True, text=True)
        out = ['## Reading', '', f'{len(rows)} documents of `documents.tar.gz`; phrases, words and clean runs as its '
               'scorer counts them (aims: no crash, 97 % clean, 92 % of phrases in order, word F1 0.88, forbidden under 3 %).', '']
        out += ['| format | files | clean | crashed | phrases in order | word F1 | ms a file |', '| --- | --- | --- | --- | --- | --- | --- |']
        form = re.compile(r'(\w+) (\d+) files (\d+) clean (\d+) crashed; phrases (\d+) in order, \d+ found of (\d+) ; '
                          r'word F1 ([\d.]+) on (\d+) .*; (\d+) ms')
        for line in scored.stdout.splitlines():
            if m := form.match(line):
                n, files, clean, crashed, ordered, phrases, f1, compared, ms = m.groups()
                out.append(f'| {n} | {files} | {clean} | {crashed} | {ordered} of {phrases} | {f1} on {compared} | {ms} |')
        out += ['', f'All together: {scored.stdout.splitlines()[-1]}.', '', 'Every file below 0.8 or with a phrase missing or out of order:', '']
        out += [f'- {line.strip()}' for line in scored.stderr.splitlines()]
        cells = [(row['path'], cell_f1(root, row)) for row in rows
                 if row['path'].startswith('pdf/') and (row['expected'] or '').endswith('.csv')]
        mean = statistics.mean(share for _, share in cells)
        out += ['', f'Table cells: of the cells that the {len(cells)} expected tables (PDF) name, {mean:.1%} stand in a cell of '
                'their own. Below 95 %: ' + (', '.join(f'{path} {share:.0%}' for path, share in cells if share < 0.95) or 'none') + '.']
        right, wrong = encodings(root, rows)
        out += ['', f'Encodings named right (or a superset that reads the bytes alike): {right} of {right + len(wrong)}.'
                + (' Wrong: ' + '; '.join(wrong) + '.' if wrong else '')]
        out += ['', 'Pages a second, whole processes, median of 5, beside `pdftotext`, which knows no headings, tables, columns or boxes:', '']
        out += speed(root, rows, folder)
    print('\n'.join(out))
    replace_section('\n'.join(out))
    return scored.returncode


sys.exit(main())
