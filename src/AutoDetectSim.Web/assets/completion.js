import { h, replace } from './dom.js';
import { placeAt, completions, meaning } from './schema.js';

const MOST = 60;

/** Completion and help for a text area with YAML: a list below the cursor while a word is written or on Ctrl+Space, and what a word means under the mouse and below the text. */
export function completion(area, around, loadSchema) {
  const list = h('ul', { class: 'completions', role: 'listbox', id: 'completions', 'aria-label': 'Completions', tabindex: 0, hidden: true });
  const tip = h('div', { class: 'tip', role: 'tooltip', hidden: true });
  const help = h('p', { class: 'help small', id: 'editor-help' });
  const ruler = h('span', { class: 'ruler', 'aria-hidden': 'true' }, 'x'.repeat(10));
  around.append(list, tip, ruler);
  let schema = null;
  let found = [];
  let chosen = 0;
  let start = 0;
  for (const [name, value] of [['aria-autocomplete', 'list'], ['aria-haspopup', 'listbox'], ['aria-controls', 'completions'], ['aria-describedby', 'editor-help']]) area.setAttribute(name, value);

  const ready = async () => (schema ??= await loadSchema());
  const size = () => ({ width: ruler.getBoundingClientRect().width / 10, height: parseFloat(getComputedStyle(area).lineHeight), left: parseFloat(getComputedStyle(area).paddingLeft), top: parseFloat(getComputedStyle(area).paddingTop) });

  function close() {
    found = [];
    list.hidden = true;
    area.removeAttribute('aria-activedescendant');
  }

  function draw() {
    replace(list, found.map((one, index) => h('li', {
      role: 'option', id: `completion-${index}`, 'aria-selected': String(index === chosen),
      onmousedown: event => { event.preventDefault(); chosen = index; accept(); },
    }, h('strong', {}, one.word), one.text ? h('span', { class: 'small' }, ` ${one.text}`) : null)));
    list.hidden = false;
    area.setAttribute('aria-activedescendant', `completion-${chosen}`);
    list.children[chosen].scrollIntoView({ block: 'nearest' });
  }

  async function suggest(isAsked) {
    await ready();
    const at = area.selectionStart;
    const place = at === area.selectionEnd ? placeAt(area.value, at) : null;
    found = place === null || (!isAsked && place.word === '') ? [] : completions(schema, place).slice(0, MOST);
    if (found.length === 0 || (!isAsked && found.length === 1 && found[0].word === place.word)) {
      close();
      return;
    }
    start = at - place.word.length;
    chosen = 0;
    draw();
    const { width, height, left, top } = size();
    const before = area.value.slice(0, start).split('\n');
    const x = left + before.at(-1).length * width - area.scrollLeft;
    const y = top + before.length * height - area.scrollTop;
    list.style.left = `${Math.max(0, Math.min(x, around.clientWidth - list.offsetWidth - 4))}px`;
    list.style.top = `${y + list.offsetHeight > around.clientHeight && y - height > list.offsetHeight ? y - height - list.offsetHeight : y}px`;
  }

  function accept() {
    const { insert } = found[chosen];
    const rest = /^\s*:/.test(area.value.slice(area.selectionEnd));
    area.focus();
    area.setSelectionRange(start, area.selectionEnd);
    // Unlike setRangeText, this can be undone.
    document.execCommand('insertText', false, rest ? insert.replace(/: $/, '') : insert);
    close();
  }

  function explain() {
    const said = schema && meaning(schema, area.value, area.selectionStart);
    replace(help, said ? [h('strong', {}, said.name), ` ${said.text}`] : 'Ctrl+Space lists what can be written here. Escape closes the list.');
  }

  let hovering;
  area.addEventListener('mousemove', event => {
    clearTimeout(hovering);
    tip.hidden = true;
    hovering = setTimeout(async () => {
      await ready();
      const { width, height, left, top } = size();
      const box = area.getBoundingClientRect();
      const line = Math.floor((event.clientY - box.top - top + area.scrollTop) / height);
      const column = Math.floor((event.clientX - box.left - left + area.scrollLeft) / width);
      const lines = area.value.split('\n');
      if (line < 0 || line >= lines.length || column < 0 || column >= lines[line].length || !/[\w.-]/.test(lines[line][column])) return;
      const word = column - /[\w.-]*$/.exec(lines[line].slice(0, column))[0].length;
      const said = meaning(schema, area.value, lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + word);
      if (!said?.text) return;
      replace(tip, h('strong', {}, said.name), ` ${said.text}`);
      tip.hidden = false;
      tip.style.left = `${Math.max(0, Math.min(left + word * width - area.scrollLeft, around.clientWidth - tip.offsetWidth - 4))}px`;
      tip.style.top = `${top + (line + 1) * height - area.scrollTop}px`;
    }, 300);
  });
  area.addEventListener('mouseleave', () => { clearTimeout(hovering); tip.hidden = true; });
  area.addEventListener('input', event => { tip.hidden = true; if (event.inputType === 'insertText' || event.inputType === 'deleteContentBackward') suggest(false); else close(); });
  area.addEventListener('blur', close);
  area.addEventListener('scroll', () => { close(); tip.hidden = true; });
  area.addEventListener('focus', () => ready().then(explain));
  area.addEventListener('keyup', explain);
  area.addEventListener('click', () => { close(); explain(); });
  area.addEventListener('keydown', event => {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      suggest(true);
    } else if (found.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
      draw();
    } else if (found.length > 0 && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      accept();
    } else if (event.key === 'Escape') {
      close();
      tip.hidden = true;
    } else if (/^(Arrow|Home|End|Page)/.test(event.key)) {
      close();
    }
  });
  explain();
  return help;
}
