/** The shell scripts of a workflow's steps, with what GitHub fills in replaced by a word. */
export function runBlocks(yaml: string): readonly string[] {
  const lines = yaml.split('\n');
  return lines.flatMap((line, i) => {
    const run = /^( *)(?:- )?run: (.*)$/.exec(line);
    if (!run) return [];
    const [, indent = '', own = ''] = run;
    if (own !== '|') return [filledIn(own)];
    // The block is what is indented more than its key; a key after a dash stands two columns to the right.
    const depth = indent.length + (line.trimStart().startsWith('- ') ? 2 : 0);
    const end = lines.findIndex((one, j) => j > i && one.trim() !== '' && depthOf(one) <= depth);
    return [filledIn(lines.slice(i + 1, end === -1 ? lines.length : end).join('\n'))];
  });
}

const depthOf = (line: string) => line.length - line.trimStart().length;

const filledIn = (script: string) => script.replace(/\$\{\{.*?\}\}/g, 'word');
