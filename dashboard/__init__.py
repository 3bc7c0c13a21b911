"""The dashboard: one Streamlit script that reads the claims table and never writes.

    app.py      routes `?view=` to a page and draws the frame around it
    asgi.py     the same app with security headers: what `leaderboard dashboard` runs
    assets.py   Streamlit's own files, sent at once and named early
    watch.py    the build of a session, and the offer of a newer one
    session.py  the address of a session, and how callbacks change it
    state.py    the address <-> one frozen record                          (pure)
    store.py    an open build, asked with bound parameters only; shape.py what it must hold (no Streamlit)
    filters.py  the filters of the address as conditions on lines          (no Streamlit)
    listing.py  the list of boards, each with its best line                (no Streamlit)
    ranking.py  one board: lanes, ranked lines, counts, marks of charts    (no Streamlit)
    claims.py   one claim: fields, abstract, rivals, findings              (no Streamlit)
    reports.py  what the checks found and what the claims cover            (no Streamlit)
    lines.py    queries over many boards: who meets where, how boards moved, claimed gains   (no Streamlit)
    quality.py  papers by year, what claims lack, recorded precision and recall (no Streamlit)
    evidence.py an abstract with the words of a claim marked               (pure)
    charts.py   frames of one board -> chart (vega.py: frames and the name of a shape)  (pure)
    overviews.py  the same over many boards                                (pure)
    plots/      chart -> HTML for the page, marks as links                 (pure)
    drawings.py chart -> Altair, only for pictures; pictures.py -> SVG, PNG (pure)
    colours.py  every colour of marks, for both themes                     (pure)
    arrange.py  frames rearranged: models beside boards, one relative scale (pure)
    dictionary.py  what each column means; bundles.py zips it with rows and citation (pure)
    safe.py     escaping, link allow-list, spreadsheet neutralising        (pure)
    tex.py      what a reader would see of TeX in a title or a quote       (pure)
    sheet.py    frame -> HTML table of links                               (pure)
    look.py     style sheet, arrows, number formats                        (pure)
    frame.py    what every page shares: head, search, filters, foot, tables, downloads
    downloads.py  the buttons that hand out tables and charts
    tables.js  links without loading anew, sorting, arrow keys: a file of this server that the page names
    panel.py    one claim with its words, fields, findings and rivals
    views/      one module per page: TITLE, ORDER, IN_MENU, `render(build, state)`

The words of a paper reach the screen only as plain text: `st.text`, or escaped by `safe`.
"""
