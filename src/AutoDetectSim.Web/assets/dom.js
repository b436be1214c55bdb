// Elements are made here and nowhere from markup: whatever a name holds, it is shown as text.
const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'selected') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

/** Saves a file where the browser saves files. */
export function download(content, name) {
  const url = URL.createObjectURL(content);
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

let saying;

/** Says something at the foot of the page, also to screen readers. */
export function say(text, kind = 'good') {
  const said = document.getElementById('said');
  said.className = 'said ' + kind;
  said.textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => { said.textContent = ''; }, 8000);
}

/** The command that does the same, to copy. */
export function command(...lines) {
  const text = lines.join('\n');
  const button = h('button', {
    type: 'button', class: 'plain', 'aria-label': 'Copy the command',
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(text);
        say('Copied.');
      } catch {
        say('The browser does not allow copying. Select the command instead.', 'bad');
      }
    },
  }, 'Copy');
  return h('div', { class: 'command' }, h('span', { class: 'small' }, 'As a command'), h('pre', { tabindex: 0 }, text), button);
}

/** A table whose rows turn into cards where it would be too wide. */
export function table(caption, heads, rows) {
  return h('table', { class: 'cards' },
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, rows.map(row => h('tr', {}, row.map((cell, index) => index === 0
      ? h('th', { scope: 'row' }, cell)
      : h('td', { 'data-label': heads[index] }, cell))))));
}

export const plural = (count, one, many = one + 's') => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Asks before something is lost. */
export function confirmed(question, yes) {
  return new Promise(resolve => {
    const answer = value => () => { dialog.close(); dialog.remove(); resolve(value); };
    const dialog = h('dialog', { 'aria-labelledby': 'question', oncancel: answer(false) },
      h('p', { id: 'question' }, question),
      h('p', { class: 'buttons' }, h('button', { type: 'button', class: 'main', onclick: answer(true) }, yes), h('button', { type: 'button', onclick: answer(false) }, 'Cancel')));
    document.body.append(dialog);
    dialog.showModal();
  });
}

const numbered = name => /^(.*?)(\d*)$/.exec(name);

function follows(name, next) {
  const [[, stem, digits], [, nextStem, nextDigits]] = [numbered(name), numbered(next)];
  return digits && nextDigits && stem === nextStem && Number(nextDigits) === Number(digits) + 1;
}

/** Names such as ex02, ex03, ex04 as `ex02 to ex04`, the form that reports print and that fields and commands take; long rows are cut unless all are wanted. */
export function ranges(names, all = false) {
  const parts = [];
  for (let at = 0; at < names.length;) {
    let end = at;
    while (end + 1 < names.length && follows(names[end], names[end + 1])) end++;
    parts.push(...end - at >= 2 ? [`${names[at]} to ${names[end]}`] : names.slice(at, end + 1));
    at = end + 1;
  }
  return parts.length > 6 && !all ? `${parts.slice(0, 5).join(', ')} and ${parts.length - 5} more` : parts.join(', ');
}

/** Remembers what has been typed into the forms of an element, and where; the result puts it back once the element has been drawn anew. */
export function typed(root) {
  const key = input => `${input.form?.querySelector('h2')?.textContent}/${input.name}`;
  const inputs = () => [...root.querySelectorAll('form [name]')];
  const values = new Map(inputs().map(input => [key(input), input.value]));
  const focused = inputs().find(input => input === document.activeElement);
  const focus = focused ? key(focused) : null;
  return () => {
    for (const input of inputs()) {
      if (values.has(key(input))) input.value = values.get(key(input));
      if (key(input) === focus) input.focus();
    }
  };
}
