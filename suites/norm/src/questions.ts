import type { Answer } from '@hyperlaw/report';

/** What is going on with norm layers? */
export const ACCOUNT: Answer['question'] = {
  id: 'oq-3-14',
  slug: 'whats-even-going-on-with-norm-layers',
  text: 'What’s even going on with norm layers?',
};

/** Do we need them? */
export const NEED: Answer['question'] = {
  id: 'oq-3-15',
  slug: 'do-we-really-need-norm-layers',
  text: 'Do we really need norm layers?',
};
