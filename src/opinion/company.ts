/** Findings that are a fault only in company: contact to few is a choice until it wears them out, buys nothing or leaves value alone. */
import type { Finding } from '../result/schema.js';

/** Which problems make a finding one (methodology §1.2), with what each of them says. */
const companions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'concentrated-contact': {
    'contact-fatigue': 'response falls, or opt-outs rise, among those contacted most',
    'repeated-responders': 'those who responded before are chosen again',
    'neglected-members': 'members of value are left without contact',
  },
};

/** @returns the findings, where a problem that stands alone is a watch; each says which way it went. */
export function judgeInCompany(findings: readonly Finding[]): Finding[] {
  const problems = new Set(findings.filter(({ status }) => status === 'problem').map(({ id }) => id));
  const examined = new Set(findings.filter(({ status }) => status === 'healthy' || status === 'watch' || status === 'problem').map(({ id }) => id));
  return findings.map((finding): Finding => {
    const needed = companions[finding.id];
    if (needed === undefined || finding.status !== 'problem') return finding;
    const present = Object.entries(needed).filter(([id]) => problems.has(id));
    if (present.length === 0) {
      const unknown = Object.entries(needed).filter(([id]) => !examined.has(id));
      const first = 'Beyond the threshold, but a watch and not a problem: none of the findings that would make it a fault is one here.';
      const sentence =
        unknown.length === 0
          ? first
          : `${first} Not examined, or not to be judged from these files, is whether ${unknown.map(([, words]) => words).join('; ')}.`;
      return { ...finding, status: 'watch', severity: finding.severity === 'none' ? 'none' : 'low', caveats: [...finding.caveats, sentence] };
    }
    const sentence = `A problem and not only a choice, because it comes together with another: ${present.map(([, words]) => words).join('; ')}.`;
    return { ...finding, caveats: [...finding.caveats, sentence] };
  });
}
