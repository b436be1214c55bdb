import { h, replace } from './dom.js';
import { completion } from './completion.js';

// A text area over a copy of its text: the copy carries the marks under what is wrong, and the numbers of the lines.
export function editor(label, onInput, loadSchema) {
  let saved = '';
  let problems = [];
  const area = h('textarea', { 'aria-label': label, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', wrap: 'off', rows: 30 });
  const marks = h('pre', { class: 'marks', 'aria-hidden': 'true' });
  const numbers = h('pre', { class: 'numbers', 'aria-hidden': 'true' });
  const hint = h('p', { class: 'hint small', 'aria-live': 'polite' });
  const frame = h('div', { class: 'text' }, marks, area);
  const element = h('div', { class: 'editor-frame' }, h('div', { class: 'editor' }, numbers, frame), hint, completion(area, frame, loadSchema));

  const scroll = () => {
    marks.scrollTop = numbers.scrollTop = area.scrollTop;
    marks.scrollLeft = area.scrollLeft;
  };

  function draw() {
    const lines = area.value.split('\n');
    const byLine = Map.groupBy(problems.filter(one => one.line > 0), one => one.line);
    replace(numbers, lines.map((_, index) => h('span', { class: byLine.has(index + 1) ? 'bad' : null }, `${index + 1}\n`)));
    replace(marks, lines.flatMap((line, index) => {
      const first = byLine.get(index + 1)?.[0];
      if (!first) return [line + '\n'];
      const start = Math.min(first.column - 1, Math.max(0, line.length - 1));
      const end = Math.max(start + 1, first.value && line.startsWith(first.value, start) ? start + first.value.length : start + (/^[^\s,:\]}]+/.exec(line.slice(start))?.[0].length ?? 1));
      return [line.slice(0, start), h('span', { class: 'wrong' }, line.slice(start, end) || ' '), line.slice(end) + '\n'];
    }));
    scroll();
    point();
  }

  function point() {
    const line = area.value.slice(0, area.selectionStart).split('\n').length;
    const here = problems.filter(one => one.line === line);
    hint.textContent = here.map(one => one.message).join('. ');
    hint.classList.toggle('bad', here.length > 0);
  }

  area.addEventListener('input', () => { draw(); onInput(); });
  area.addEventListener('scroll', scroll);
  area.addEventListener('keyup', point);
  area.addEventListener('click', point);
  return {
    element,
    text: () => area.value,
    set: value => { area.value = saved = value.replaceAll('\r\n', '\n'); problems = []; area.scrollTop = 0; draw(); },
    mark: found => { problems = found; draw(); },
    isChanged: () => area.value !== saved,
    isSaved: () => { saved = area.value; },
    goTo: (line, column) => {
      const lines = area.value.split('\n');
      const at = lines.slice(0, Math.max(0, line - 1)).reduce((sum, one) => sum + one.length + 1, 0) + Math.max(0, column - 1);
      area.focus();
      area.setSelectionRange(at, at);
      area.scrollTop = Math.max(0, (line - 5) * parseFloat(getComputedStyle(area).lineHeight));
      point();
    },
  };
}
