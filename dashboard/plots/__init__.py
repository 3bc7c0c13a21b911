"""Charts as HTML, drawn by the browser itself: marks that are links, in the very frames of the charts by Altair.

A chart that a library draws in the browser costs a page as much as everything else on it together. Ours are points,
bars, tiles and lines, which need no script: they stand there with their page and follow the width of the window. Each
mark is a link that opens in a new tab, says what it stands for where it is pointed at, is reached by keyboard
(`tables.js`) and is read out. What is saved as a picture is drawn by Altair (`charts`, `overviews`).

    axes.py    round ticks, and where on an axis a value stands
    marks.py   a mark, what it says, and the frame around all of them; every text is escaped there
    scores.py  scores over time or over size, with the line of the best
    rows.py    points in named rows: systems on one board, claims with a finding, precision and recall
    paths.py   lines through places or over time, one for each system or board
    bars.py    bars beside names, columns over years or steps
    tiles.py   numbers in a grid, the larger the darker
    style.py   the look of all of them
"""
