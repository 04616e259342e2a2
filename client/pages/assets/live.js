// A module, so that its names are its own. Keeps a page up to date: at once where the server says that something changed, and every
// so often where it cannot. Without it the page shows what held when it was opened, and reloading shows the rest.
const { document, location, fetch, setTimeout, DOMParser, EventSource } = globalThis;

const region = () => document.querySelector('#live');
const stale = () => document.querySelector('#stale');
/** What a reader does with the page is never taken from under his hands: he is told, and reloads when he likes. */
let isInUse = false;
for (const kind of ['input', 'change', 'submit']) document.addEventListener(kind, () => (isInUse = true), true);

const isBusy = () => isInUse || region().contains(document.activeElement) || !document.getSelection().isCollapsed;

async function renew() {
  const shown = region();
  if (!shown || document.hidden) return;
  if (shown.dataset.changes && isBusy()) {
    stale()?.removeAttribute('hidden');
    return;
  }
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#live');
  if (!answer.ok || !next || (shown.dataset.changes && isBusy())) return;
  // What was folded open stays open.
  const folds = [...next.querySelectorAll('details')];
  for (const [place, fold] of [...shown.querySelectorAll('details')].entries())
    if (fold.open && folds[place]) folds[place].open = true;
  shown.replaceWith(next);
}

let renewing = false;
let again = false;
async function renewOnce() {
  if (renewing) {
    again = true;
    return;
  }
  renewing = true;
  do {
    again = false;
    await renew().catch(() => undefined);
  } while (again);
  renewing = false;
}

const minuteMs = 60_000;

/** A page in the background holds no connection: browsers give six to all pages of a site. */
let source;
function watch() {
  source?.close();
  source = undefined;
  if (document.hidden) return;
  source = new EventSource(region().dataset.changes);
  source.addEventListener('changed', renewOnce);
}

async function everySoOften(pauseMs) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (!region()?.dataset.changes && !region()?.dataset.refreshSeconds) return;
    await renewOnce();
  }
}

if (region()?.dataset.changes) {
  watch();
  document.addEventListener('visibilitychange', () => {
    watch();
    if (!document.hidden) renewOnce();
  });
  everySoOften(minuteMs);
} else if (region()?.dataset.refreshSeconds) {
  everySoOften(Number(region().dataset.refreshSeconds) * 1000);
}
