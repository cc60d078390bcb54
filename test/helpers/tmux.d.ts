export declare const tmuxIsInstalled: boolean;
/** A shell in a terminal of its own, 100 columns wide. `close` ends it and all that runs in it. */
export declare function openTerminal(environment: Record<string, string>): {
  /** Types a line, and Enter. */
  type: (line: string) => string;
  /** Presses a key by tmux's name for it: `C-c`. */
  press: (key: string) => string;
  /** The screen, once `text` is on it. Rejects with the screen when it does not come. */
  shows(text: string | Pick<RegExp, 'test'>, seconds?: number): Promise<string>;
  close: () => string;
};
