import { h, replace } from './dom.js';
import { listen } from './live.js';
import { lab } from './lab.js';
import { phone } from './phone.js';
import { journal } from './journal.js';
import { check } from './check.js';
import { scenario } from './scenario.js';
import { learn } from './learn.js';
import { start } from './start.js';
import { classroom } from './class.js';
import { about } from './api.js';

// A page is a function: it fills an element for the rest of its address, and returns how it ends.
let pages = [
  { name: 'lab', title: 'Lab', open: lab },
  { name: 'phone', title: 'Phone', open: phone },
  { name: 'journal', title: 'Journal', open: journal },
  { name: 'check', title: 'Check', open: check },
  { name: 'scenario', title: 'Scenario', open: scenario },
  { name: 'learn', title: 'Learn', open: learn },
  { name: 'class', title: 'Class', open: classroom, isShown: info => info.classFolder !== undefined },
  { name: 'start', title: 'Start', open: start },
];

const main = document.getElementById('main');
const nav = document.getElementById('nav');
let end = null;
let shown = null;

function route() {
  const parts = location.hash.replace(/^#\/?/, '').split('/').filter(part => part.length > 0).map(decodeURIComponent);
  const page = pages.find(one => one.name === parts[0]) ?? pages[0];
  const rest = parts.slice(1);
  if (shown?.page === page && shown.moved) {
    shown.moved(rest);
    return;
  }
  end?.();
  replace(main);
  document.title = `${page.title} - AutoDetectSim`;
  for (const link of nav.children) {
    if (link.dataset.page === page.name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const opened = page.open(main, rest);
  end = opened.end;
  const isFirst = shown === null;
  shown = { page, moved: opened.moved };
  if (!isFirst) main.focus({ preventScroll: true });
}

document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});

function begin(info) {
  pages = pages.filter(page => !page.isShown || page.isShown(info));
  replace(nav, pages.map(page => h('a', { href: `#/${page.name}`, 'data-page': page.name }, page.title)));
  // Without an address, a console that was started without a scenario begins with the three doors.
  if (info.isGuided && location.hash.length <= 1) history.replaceState(null, '', '#/start');
  addEventListener('hashchange', route);
  listen(() => {});
  route();
}

about().then(begin, () => begin({}));
