/** What the lab refuses, with every problem. */
export class Problem extends Error {
  constructor(status, problems) {
    super(problems.join('\n'));
    this.status = status;
    this.problems = problems;
  }
}

async function answered(response) {
  if (response.ok) return response;
  let problems;
  try {
    problems = (await response.json()).problems;
  } catch {
    problems = null;
  }
  throw new Problem(response.status, problems ?? [`The console answered with status ${response.status}.`]);
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0, ['The console no longer answers. Is it still running?']);
  }
  return answered(response);
}

export const get = async (path, signal) => (await send(path, { signal })).json();
export const text = async path => (await send(path)).text();
export const blob = async (path, body) => (await send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).blob();
export const post = async (path, body, signal) => (await send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}), signal })).json();

/** A request whose answer is one JSON document a line; each is passed on as it comes, and the last returned. */
export async function stream(path, body, onLine, signal) {
  const response = await send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}), signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let last = null;
  for (;;) {
    const { value, done } = await reader.read();
    rest += value ?? '';
    const lines = rest.split('\n');
    rest = lines.pop();
    for (const line of lines.filter(one => one.length > 0)) {
      last = JSON.parse(line);
      if (last.problems) throw new Problem(422, last.problems);
      onLine(last);
    }
    if (done) return last;
  }
}

export const part = name => encodeURIComponent(name);

let info;

/** What the console was started with. */
export const about = () => (info ??= get('/api/console'));

/** A word for a POSIX shell and for PowerShell alike. */
export const quoted = word => /^[\w@%+=:,./-]+$/.test(word) ? word : /["$`\\]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;

/** The command line of a change to the running lab. */
export async function changeCommand(...rest) {
  const { readyFile } = await about();
  return ['autodetectsim change', ...rest, '--lab', quoted(readyFile)].join(' ');
}
