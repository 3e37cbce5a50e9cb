/** The explicit list of audits, in the order in which they run. */
import type { AuditDefinition } from './audit.js';
import { absentHoldouts } from './measurement/absent-holdouts.js';
import { ignoredNonResponders } from './non-responders/ignored-non-responders.js';
import { nonResponderEffect } from './non-responders/non-responder-effect.js';
import { acquisitionOnlyGoals } from './objectives/acquisition-only-goals.js';
import { concentratedContact } from './targeting/concentrated-contact.js';
import { neglectedMembers } from './targeting/neglected-members.js';
import { repeatedResponders } from './targeting/repeated-responders.js';
import { hollowWins } from './value/hollow-wins.js';

export const audits: readonly AuditDefinition[] = [
  acquisitionOnlyGoals,
  ignoredNonResponders,
  concentratedContact,
  repeatedResponders,
  neglectedMembers,
  nonResponderEffect,
  absentHoldouts,
  hollowWins,
];
