import { h, replace, say, command, confirmed } from './dom.js';
import { get, post, Problem, changeCommand, quoted } from './api.js';

let number = 0;

/** Makes a change, and reports the result. */
export async function make(line) {
  try {
    const made = await post('/api/lab/changes', { change: line });
    say(`Changed: ${made.change}`);
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message, 'bad');
    return false;
  }
}

/** Takes the last change back. */
export async function undo() {
  try {
    say((await post('/api/lab/undo')).change);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message, 'bad');
  }
}

/** A line to write a change in: suggestions, validation while it is written, and what it would be as a command. */
export function changeForm(prefix, suggestions, written) {
  const id = `change-problems-${++number}`;
  const problems = h('div', { id, class: 'problems', 'aria-live': 'polite' });
  const input = h('input', { id: 'change-line', class: 'line-input', value: written ?? prefix, 'aria-describedby': id, spellcheck: 'false', autocomplete: 'off' });
  const apply = h('button', { type: 'submit', class: 'main' }, 'Make the change');
  let waiting;
  let asked = 0;
  const check = async () => {
    const mine = ++asked;
    const line = input.value.trim();
    if (line === '' || line === prefix.trim()) {
      replace(problems);
      input.removeAttribute('aria-invalid');
      return;
    }
    try {
      await post('/api/lab/changes/try', { change: line });
      if (mine === asked) {
        input.removeAttribute('aria-invalid');
        replace(problems, h('p', { class: 'good' }, '✓ valid'));
      }
    } catch (error) {
      if (!(error instanceof Problem) || mine !== asked) return;
      input.setAttribute('aria-invalid', 'true');
      replace(problems, error.problems.map(problem => h('p', { class: 'bad' }, problem)));
    }
  };
  input.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(check, 200); });
  const element = h('form', {
    class: 'change',
    onsubmit: async event => {
      event.preventDefault();
      if (await make(input.value)) {
        input.value = prefix;
        replace(problems);
      }
    },
  },
  suggestions.length > 0 ? h('ul', { class: 'suggestions', 'aria-label': 'Suggestions' }, suggestions.map(line => h('li', {}, h('button', { type: 'button', onclick: () => { input.value = line; input.focus(); check(); } }, line)))) : null,
  h('label', {}, 'Change ', input), problems, apply);
  return { element };
}

/** What has been changed, with undo. */
export function changePanel() {
  const list = h('ol', { class: 'changes', reversed: true });
  const back = h('button', { type: 'button', onclick: undo, disabled: true }, 'Undo');
  const reset = h('button', {
    type: 'button',
    onclick: async () => {
      if (!await confirmed('Go back to the scenario that the lab was started with? The journal and what AutoDetect has learned are forgotten.', 'Reset the lab')) return;
      try {
        await post('/api/lab/reset');
        say('The lab was reset.');
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        say(error.message, 'bad');
      }
    },
  }, 'Reset');
  const form = changeForm('', [], null);
  const same = h('div');
  const element = h('section', { class: 'card', 'aria-labelledby': 'changes-title' }, h('h2', { id: 'changes-title' }, 'Changes'), h('p', { class: 'buttons' }, back, reset), list, h('details', {}, h('summary', {}, 'Change any part'), h('p', { class: 'small' }, 'One line, for example perimeter/ex{02..20}: present complete. docs/changes.md lists the verbs.'), form.element), same);
  let revision = null;
  return {
    element,
    happened: async event => {
      back.disabled = !event.undoable;
      back.textContent = event.undoable ? `Undo ${event.undoable}` : 'Undo';
      if (event.revision === revision) return;
      revision = event.revision;
      const all = await get('/api/lab/changes');
      replace(list, all.length === 0 ? h('li', { class: 'none' }, 'None since the lab started.') : all.slice(-50).reverse().map(one => h('li', {}, one.change, ' ', h('time', { class: 'small', datetime: one.at }, new Date(one.at).toLocaleTimeString()))));
      const lines = all.map(one => one.change).filter(line => line.includes(': ') && !line.startsWith('Undone: '));
      replace(same, command(lines.length > 0 ? await changeCommand(quoted(lines.at(-1))) : await changeCommand('--json'), await changeCommand('--undo'), await changeCommand('--reset')));
    },
  };
}
