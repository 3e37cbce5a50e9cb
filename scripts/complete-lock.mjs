// Puts the optional packages of other platforms back into package-lock.json. npm leaves them out when the registry at hand does not
// carry them, and `npm ci` then refuses the lock file as out of step. Run it after every change of dependencies: `npm run lock`.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'wasm32'];
const processors = {
  arm: 'arm',
  armv7: 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  x64: 'x64',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  wasm32: 'wasm32',
  mips64el: 'mips64el',
};

/** What a platform package’s name says of where it runs; a name that says nothing runs nowhere, so that it is never installed by mistake. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => systems.includes(word) && word !== 'wasm32');
  const cpu = words.flatMap((word) => (word in processors ? [processors[word]] : []));
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.some((word) => word.startsWith('gnu')) ? ['glibc'] : [];
  return { ...(cpu.length > 0 ? { cpu } : { cpu: ['none'] }), ...(libc.length > 0 ? { libc } : {}), ...(os.length > 0 ? { os } : {}) };
}

let added = 0;
for (const [place, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const isKnown = Object.keys(lock.packages).some((known) => known === `node_modules/${name}` || known === `${place}/node_modules/${name}`);
    if (isKnown) continue;
    const isDevelopment = lock.packages[place].dev === true;
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      ...platformOf(name),
      ...(isDevelopment ? { dev: true } : {}),
      optional: true,
    };
    added += 1;
  }
}
const entries = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(entries);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} optional packages of other platforms were put back.`);
