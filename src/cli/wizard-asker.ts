/** How the wizard asks: an interface, so that its questions can be tried without a terminal, and the terminal behind it. */

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface Asker {
  /** @param initial the answer that Enter gives; left out where evidence proposes none. @returns the value of the chosen one. */
  one(message: string, choices: readonly Choice[], initial?: string): Promise<string>;
  /** @returns the values of the chosen ones, in the order of the choices; may be none. */
  several(message: string, choices: readonly Choice[], initial: readonly string[]): Promise<string[]>;
  /** @param problem says what is wrong with an answer, or null. @returns the trimmed answer; may be empty unless `problem` objects. */
  text(message: string, hint: string, problem: (answer: string) => string | null): Promise<string>;
  yesOrNo(message: string, initial: boolean): Promise<boolean>;
  /** Says something that needs no answer. */
  say(title: string, text: string): void;
}

/** Where evidence says nothing, Enter alone must not answer: the cursor stands on this until somebody moves it. */
const unanswered: Choice = { value: '#unanswered', label: '(choose with the arrow keys)' };

/** Asks on the terminal. Ctrl-C and Escape reject with an `AbortError`. The library is loaded here, not at start-up. */
export async function askOnTerminal(): Promise<Asker> {
  const { confirm, isCancel, multiselect, note, select, text } = await import('@clack/prompts');
  function requireGiven<Value>(answer: Value): asserts answer is Exclude<Value, symbol> {
    if (isCancel(answer)) throw new DOMException('The user stopped.', 'AbortError');
  }
  return {
    one: async (message, choices, initial) => {
      const options = [...(initial === undefined ? [unanswered] : []), ...choices.map(safeChoice)];
      for (;;) {
        const answer = await select<string>({ message: safe(message), options, maxItems: 14, initialValue: initial ?? unanswered.value });
        requireGiven(answer);
        if (answer !== unanswered.value) return answer;
      }
    },
    several: async (message, choices, initial) => {
      const options = { message: safe(message), options: choices.map(safeChoice), initialValues: [...initial], required: false, maxItems: 12 };
      const answer = await multiselect<string>(options);
      requireGiven(answer);
      return choices.map(({ value }) => value).filter((value) => answer.includes(value));
    },
    text: async (message, hint, problem) => {
      const answer = await text({ message: safe(message), placeholder: safe(hint), validate: (value) => problem((value ?? '').trim()) ?? undefined });
      requireGiven(answer);
      // The library answers an empty line with undefined, whatever its types say.
      return ((answer as string | undefined) ?? '').trim();
    },
    yesOrNo: async (message, initial) => {
      const answer = await confirm({ message: safe(message), initialValue: initial });
      requireGiven(answer);
      return answer;
    },
    say: (title, message) => note(message.split('\n').map(safe).join('\n'), safe(title)),
  };
}

/** Without characters that steer a terminal: headers and cells are somebody else's text. */
function safe(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
}

function safeChoice({ value, label, hint }: Choice): Choice {
  return { value, label: safe(label), ...(hint === undefined ? {} : { hint: safe(hint) }) };
}
