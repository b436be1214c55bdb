// One stream of events for all pages. It ends while the window is hidden, and begins again by itself after a laptop's sleep or a restart.
const listeners = new Set();
let source = null;
let waiting = null;
let last = null;

const show = (text, kind) => {
  const live = document.getElementById('live');
  if (live.textContent !== text) live.textContent = text;
  live.className = kind;
};

function open() {
  clearTimeout(waiting);
  if (source !== null || document.hidden) return;
  source = new EventSource('/api/lab/events');
  source.onopen = () => show('live', 'good');
  source.onmessage = message => {
    const before = last;
    last = JSON.parse(message.data);
    document.getElementById('lab-name').textContent = last.scenario;
    for (const listener of listeners) listener(last, before);
  };
  source.onerror = () => {
    show('reconnecting', 'warn');
    if (source.readyState === EventSource.CLOSED) {
      source = null;
      waiting = setTimeout(open, 2000);
    }
  };
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    source?.close();
    source = null;
    show('paused', '');
  } else {
    open();
  }
});

/** Calls back with every event, and at once with the last one. Returns how to stop. */
export function listen(listener) {
  listeners.add(listener);
  if (last !== null) listener(last, null);
  open();
  return () => listeners.delete(listener);
}
