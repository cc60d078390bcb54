import fs from 'node:fs';
import path from 'node:path';

/** Writes dist/LICENSES.txt: name, version and licence text of every package that the bundles hold code of. */
export function writeLicences(root, metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  );
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const sections = [...folders].sort().map((folder) => section(path.join(root, folder)));
  fs.writeFileSync(path.join(root, 'dist/LICENSES.txt'), sections.join(`\n${'-'.repeat(80)}\n\n`));
}

const packageFolder = (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

function section(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}\n`;
}
