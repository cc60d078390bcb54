import fs from 'node:fs';
import path from 'node:path';

/** Writes dist/LICENSES.txt: each licence text once, below the packages it covers, for all that the bundles hold code of. */
export function writeLicences(root, metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  );
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const packages = new Map();
  for (const folder of [...folders].sort()) {
    const { title, text } = licenceOf(path.join(root, folder));
    packages.set(text, [...(packages.get(text) ?? []), title]);
  }
  const sections = [...packages].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`);
  fs.writeFileSync(path.join(root, 'dist/LICENSES.txt'), sections.join(`\n${'-'.repeat(80)}\n\n`));
}

const packageFolder = (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return { title: `${name} ${version} (${license})`, text };
}
