// A module, so that its names are its own. Keeps the parts of a page that change by themselves up to date; without it the page has a link that reloads.
const { document, location, fetch, setTimeout, DOMParser } = globalThis;

const region = () => document.querySelector('[data-refresh-seconds]');

async function refresh() {
  const shown = region();
  if (!shown) return;
  const pauseMs = Number(shown.getAttribute('data-refresh-seconds')) * 1000;
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  if (!document.hidden) {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.querySelector('#live');
    if (answer.ok && next) document.querySelector('#live').replaceWith(next);
  }
  await refresh();
}

refresh().catch(() => setTimeout(() => location.reload(), 5000));
