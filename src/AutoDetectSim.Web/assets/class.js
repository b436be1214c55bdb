import { h, replace, say, table, command, plural } from './dom.js';
import { get, Problem, quoted } from './api.js';

const INTERVAL = 2000;
const STATES = { open: 'open', solved: '✓ solved', givenUp: 'given up' };
const POINTS = { looking: 'no diagnosis yet', answering: 'answering questions', naming: 'no correct diagnosis yet', repairing: 'not repaired yet' };

const counted = (counts, words = text => text) => Object.keys(counts).length === 0 ? '' : h('ul', { class: 'counts' }, Object.entries(counts).map(([text, count]) => h('li', {}, `${words(text)} (${count})`)));

function since(time) {
  const seconds = Math.max(0, Math.round((Date.now() - new Date(time)) / 1000));
  return seconds < 60 ? 'now' : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : new Date(time).toLocaleTimeString(undefined, { hour12: false });
}

const repairs = one => h('span', {}, `${one.repairs}`, one.repairsWithoutEffect > 0 ? `, ${one.repairsWithoutEffect} without effect` : '', one.harmfulRepairs > 0 ? h('span', { class: 'bad' }, `, ${one.harmfulRepairs} harmful`) : '');

/** A class, for its trainer: who works on what, and where people are stuck. It is read while the page is looked at. */
export function classroom(main) {
  let isGone = false;
  let shown = '';
  let waiting;
  const lead = h('p', { class: 'lead', role: 'status' });
  const seats = h('section', { class: 'card', 'aria-labelledby': 'seats-title' });
  const work = h('div');
  const lessons = h('section', { class: 'card' });
  const same = h('div');
  replace(main, h('div', { class: 'class-page' },
    h('section', { class: 'card' }, h('h1', {}, 'Class'), lead, work, h('p', { class: 'buttons' }, h('a', { class: 'button', href: '/api/class/report.csv', download: 'class.csv' }, 'Download as CSV')), same),
    lessons, seats));

  function draw(one) {
    const { entries, lessons: summaries, problems } = one.report;
    const open = entries.filter(entry => entry.state === 'open').length;
    lead.textContent = `${plural(new Set(entries.map(entry => entry.file)).size, 'trainee')} at work, ${plural(open, 'lesson')} open, ${entries.filter(entry => entry.state === 'solved').length} solved.`;
    replace(work,
      problems.map(problem => h('p', { class: 'bad' }, problem)),
      entries.length === 0 ? h('p', {}, 'No lesson has been started yet.') : table('Who works on what', ['Trainee', 'Lesson', 'State', 'Hints', 'Probes', 'Diagnoses', 'Repairs', 'Points', 'Progress'], entries.map(entry => [
        entry.trainee, h('span', {}, entry.title, h('span', { class: 'small block' }, `${entry.lesson}, level ${entry.level}`)),
        h('span', { class: entry.state === 'solved' ? 'good' : entry.state === 'givenUp' ? 'bad' : null }, STATES[entry.state] ?? entry.state),
        String(entry.hints), entry.probesNeeded === undefined ? String(entry.probes) : `${entry.probes} (${entry.probesNeeded} needed)`,
        entry.bestDiagnosis === undefined ? String(entry.diagnoses) : `${entry.diagnoses}, best ${Math.round(entry.bestDiagnosis * 100)} %`, repairs(entry), entry.points === undefined ? '' : String(entry.points), POINTS[entry.stuckAt] ?? ''])));
    replace(lessons, h('h2', {}, 'Where people are stuck'),
      summaries.length === 0 ? h('p', {}, 'Nothing to show yet.') : table('Lessons of the class', ['Lesson', 'Begun', 'Solved', 'Given up', 'Hints', 'Probes', 'Points', 'Trainees’ progress', 'Wrong diagnoses', 'Repairs that did not help'], summaries.map(lesson => [
        lesson.title, String(lesson.begun), h('span', {}, h('meter', { min: 0, max: lesson.begun, value: lesson.solved, 'aria-label': `${lesson.solved} of ${lesson.begun} solved` }), ` ${lesson.solved}`), String(lesson.givenUp), String(lesson.medianHints), String(lesson.medianProbes), lesson.medianPoints === undefined ? '' : String(lesson.medianPoints),
        counted(lesson.stuckAt, point => POINTS[point] ?? point), counted(lesson.wrongFaults), counted(lesson.wrongRepairs)])),
      h('p', { class: 'small' }, 'Hints, probes and points of a lesson are medians.'));
    replace(seats, h('h2', { id: 'seats-title' }, 'Seats of this console'),
      one.seats.length === 0 ? h('p', {}, 'None. console --class N hosts a lab for each of N trainees.') : [
        h('p', { class: 'small' }, 'A link opens the lab and the lessons of one seat, and nothing else. In your own browser it replaces your cookie: open it in a private window.'),
        table('Seats', ['Seat', 'Trainee', 'Here', 'Lesson', 'Lab', 'Connections', 'Changes', 'Link'], one.seats.map(seat => [
          seat.name, seat.trainee, seat.windows > 0 ? h('span', { class: 'good' }, '● here') : seat.lastSeen ? since(seat.lastSeen) : 'not yet', seat.lesson ?? 'none',
          seat.isReady ? seat.scenario : 'not started', seat.connections.toLocaleString('en'), String(seat.changes),
          h('button', { type: 'button', class: 'plain', 'aria-label': `Copy link of ${seat.name}`, onclick: () => copy(seat.link) }, 'Copy link')]))]);
    replace(same, command(`autodetectsim learn report ${quoted(one.folder)}`, `autodetectsim learn report ${quoted(one.folder)} --csv`));
  }

  async function copy(link) {
    try {
      await navigator.clipboard.writeText(link);
      say('Copied.');
    } catch {
      say(link);
    }
  }

  async function read() {
    clearTimeout(waiting);
    if (isGone || document.hidden) return;
    try {
      const one = await get('/api/class');
      // What has not changed is not drawn again: a selection and the focus stay.
      const text = JSON.stringify(one) + Math.floor(Date.now() / 60_000);
      if (!isGone && text !== shown) {
        const focused = document.activeElement?.getAttribute('aria-label');
        draw(one);
        shown = text;
        if (focused && !document.activeElement?.getAttribute('aria-label')) [...main.querySelectorAll('button')].find(button => button.getAttribute('aria-label') === focused)?.focus();
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (!isGone) lead.textContent = error.message;
    }
    if (!isGone) waiting = setTimeout(read, INTERVAL);
  }

  document.addEventListener('visibilitychange', read);
  read();
  return { end: () => { isGone = true; clearTimeout(waiting); document.removeEventListener('visibilitychange', read); } };
}
