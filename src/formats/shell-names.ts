/** What bash, dash or zsh compute, count, keep read-only or as a list: assigned, they have another value, or are an error. */
const ofBash = `BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_LINENO BASH_SOURCE
  BASH_SUBSHELL BASH_VERSINFO DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD LINENO OPTIND PIPESTATUS PPID RANDOM
  SECONDS SHELLOPTS SHLVL SRANDOM UID _`;
const ofZsh = `ARGC COLUMNS EGID FUNCNEST GID HISTCHARS HISTSIZE KEYBOARD_HACK KEYTIMEOUT LINES LISTMAX MAILCHECK SAVEHIST
  TRY_BLOCK_ERROR TRY_BLOCK_INTERRUPT TTYIDLE USERNAME WATCH ZSH_EVAL_CONTEXT ZSH_SUBSHELL aliases argv builtins cdpath
  commands dirstack dis_aliases dis_builtins dis_functions dis_functions_source dis_galiases dis_patchars dis_reswords
  dis_saliases fignore fpath funcfiletrace funcsourcetrace funcstack functions functions_source functrace galiases histchars
  history historywords jobdirs jobstates jobtexts keymaps mailpath manpath module_path modules nameddirs options parameters
  patchars path pipestatus psvar reswords saliases signals status termcap terminfo userdirs usergroups watch widgets
  zsh_eval_context zsh_scheduled_events`;
/** https://fishshell.com/docs/current/language.html#special-variables */
const ofFish = `FISH_VERSION PWD SHLVL _ argv fish_kill_signal fish_killring fish_pid history hostname pipestatus status
  status_generation umask version`;

export const keptByShells: ReadonlySet<string> = new Set(`${ofBash} ${ofZsh}`.split(/\s+/));
export const keptByFish: ReadonlySet<string> = new Set(ofFish.split(/\s+/));
