// Tables by keyboard: arrow keys only move, Enter opens what they have come to.
//
// A table tells the server of every cell that is selected, by the mouse or by the way, so that moving through it would
// open one claim after the other and take the focus away each time. Streamlit has no setting for that; what moving has
// to tell is held back here until the reader presses Enter. It is caught where the table puts it off, by a timer of
// WAIT, and only while a key that moves is being handled in a table: at all other times the page's timers are the
// browser's own. Without this script, or where Streamlit changes what it relies on, tables work as they do by
// themselves.
(() => {
  const MOVES = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Tab"];
  const WAIT = 150; // milliseconds after which Streamlit tells the server of a selection
  const schedule = window.setTimeout;
  let held = null; // what the last move would have told, and in which table

  const holding = table => {
    const catching = (tell, wait, ...rest) => {
      if (wait !== WAIT) return schedule(tell, wait, ...rest);
      held = {table, tell};
      return 0;
    };
    window.setTimeout = catching;
    schedule(() => {
      if (window.setTimeout === catching) window.setTimeout = schedule;
    }, 0);
  };

  window.addEventListener("keydown", event => {
    window.setTimeout = schedule; // the key before may still be on its way
    const table = event.target.closest?.("[data-testid=stDataFrame]");
    if (!table) return;
    if (MOVES.includes(event.key)) {
      holding(table);
    } else if (held?.table === table && (event.key === "Enter" || (event.key === " " && !event.shiftKey))) {
      event.preventDefault();
      event.stopPropagation();
      held.tell();
      held = null;
    } else {
      held = null;
    }
  }, true);
})();
