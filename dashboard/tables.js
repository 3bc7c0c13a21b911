// Tables and plots of links: a click or a key goes on without loading the page anew, a click on a heading sorts.
//
// A link within the dashboard is written into the address and told to Streamlit as a step of the browser's history is,
// so that the server draws the page of that address as it does after Back. A click anywhere in a row follows the row's
// link, or the one that the cell follows. By keyboard a table is one stop: arrow keys, Home, End and the page keys move
// in it, Enter opens what the cell leads to and Shift and the space bar what its row does. So is a plot: the arrow keys
// go to the next point and the one before, Home and End to the first and the last. Without this script the links are
// links.
(() => {
  const PAGE = 10; // rows that the page keys move by
  const PATIENCE = 8000; // milliseconds in which the page after a click gets the place in the table that was clicked

  const go = address => {
    if (address === location.search) return;
    history.pushState(null, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };

  const linkIn = (row, column) => row.cells[column]?.querySelector("a");
  const linkOfRow = row => linkIn(row, row.closest("table").dataset.row);
  const linkOf = cell => cell.querySelector("a")
    ?? linkIn(cell.parentElement, cell.dataset.as) ?? linkOfRow(cell.parentElement);

  // A page that opens a claim beside its table draws the table anew, at its top: put it back to where the reader was.
  const keepPlace = (sheet, focused) => {
    const name = sheet.querySelector("table").getAttribute("aria-label");
    const {scrollTop, scrollLeft} = sheet;
    const at = focused && place(focused);
    const again = () => {
      const now = [...document.querySelectorAll(".sheet")]
        .find(one => one !== sheet && one.querySelector("table").getAttribute("aria-label") === name);
      if (!now || document.contains(sheet)) return;
      watcher.disconnect();
      now.scrollTo(scrollLeft, scrollTop);
      const cell = at && now.querySelector("table").rows[at.row]?.cells[at.column];
      if (cell && document.activeElement === document.body) enter(cell);
    };
    const watcher = new MutationObserver(again);
    watcher.observe(document.body, {childList: true, subtree: true});
    setTimeout(() => watcher.disconnect(), PATIENCE);
  };

  const follow = (link, sheet, focused) => {
    if (link.target === "_blank") {
      window.open(link.href, "_blank", "noopener,noreferrer");
      return;
    }
    if (sheet) keepPlace(sheet, focused);
    go(link.getAttribute("href"));
  };

  const place = cell => ({row: cell.parentElement.rowIndex, column: cell.cellIndex});

  const enter = cell => {
    cell.closest("table").querySelectorAll("[tabindex='0']").forEach(one => { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus({preventScroll: true});
    cell.scrollIntoView({block: "nearest", inline: "nearest"});
  };

  const worth = cell => {
    if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
    const text = cell.textContent;
    return text === "" ? null : text;
  };

  const sort = head => {
    const table = head.closest("table");
    const down = head.getAttribute("aria-sort") === "ascending";
    const body = table.tBodies[0];
    const order = (one, other) => {
      const [a, b] = [one, other].map(row => worth(row.cells[head.cellIndex]));
      if (a === null || b === null) return (a === null) - (b === null);
      const way = typeof a === "number" && typeof b === "number"
        ? a - b : String(a).localeCompare(String(b), undefined, {numeric: true});
      return down ? -way : way;
    };
    [...table.tHead.rows[0].cells].forEach(one => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...[...body.rows].sort(order));
  };

  document.addEventListener("click", event => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest?.(".stHtml a");
    const cell = event.target.closest?.(".sheet th, .sheet td");
    if (cell?.tagName === "TH") {
      sort(cell);
    } else if (link ? link.getAttribute("href")?.startsWith("?") : cell && !String(getSelection())) {
      const found = link ?? linkOf(cell);
      if (!found) return;
      event.preventDefault();
      follow(found, cell?.closest(".sheet"));
    }
  });

  const along = (point, key) => {
    const points = [...point.closest(".plot").querySelectorAll("a")];
    const at = points.indexOf(point);
    const next = {ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0,
      End: points.length - 1}[key];
    return points[next];
  };

  document.addEventListener("keydown", event => {
    const point = event.target.closest?.(".plot a");
    const other = point && !event.ctrlKey && !event.metaKey && !event.altKey && along(point, event.key);
    if (!other) return;
    event.preventDefault();
    point.tabIndex = -1;
    other.tabIndex = 0;
    other.focus();
  });

  document.addEventListener("keydown", event => {
    const cell = event.target.closest?.(".sheet th, .sheet td");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const {rows} = cell.closest("table");
    const {row, column} = place(cell);
    const last = cell.parentElement.cells.length - 1;
    const steps = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1], Home: [row, 0], End: [row, last],
      PageUp: [Math.max(1, row - PAGE), column], PageDown: [Math.min(rows.length - 1, row + PAGE), column],
    };
    const step = steps[event.key];
    const opening = event.key === "Enter" || event.key === " ";
    if (!step && !opening) return;
    event.preventDefault();
    if (step) {
      const next = rows[step[0]]?.cells[step[1]];
      if (next) enter(next);
    } else if (cell.tagName === "TH") {
      sort(cell);
    } else {
      const link = event.key === "Enter" ? linkOf(cell) : linkOfRow(cell.parentElement);
      if (link) follow(link, cell.closest(".sheet"), cell);
    }
  });
})();
