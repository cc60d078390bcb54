/**
 * What each shell runs at TAB: all ask the hidden command "__complete" with the words up to the cursor, and get a line
 * for each word that the last one may become. Where there is none, it may be a file.
 */
export const scripts: Readonly<Record<string, string>> = {
  // bash breaks words at ":" and "=", so the line is read anew, and what stands before the last break is taken off. Behind
  // an open quote it breaks none, and puts what it gets behind the quote.
  bash: `_latchkey() {
  local line words last
  read -r -a words <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ "\${COMP_LINE:0:COMP_POINT}" == *' ' ]] && words+=('')
  last="\${words[\${#words[@]}-1]}"
  if [[ "$last" == [\\"\\']* ]]; then
    words[\${#words[@]}-1]="\${last:1}"
    last=''
  fi
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line#"\${last%"\${last##*[:=]}"}"}")
  done < <(latchkey __complete "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _latchkey latchkey
`,
  zsh: `_latchkey() {
  local -a replies
  replies=("\${(@f)$(latchkey __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$replies" ]]; then compadd -- $replies; else _files; fi
}
compdef _latchkey latchkey
`,
  fish: `function __latchkey
  set -l replies (latchkey __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  test (count $replies) -gt 0; and printf '%s\\n' $replies; or __fish_complete_path (commandline -ct)
end
complete -c latchkey -f -a '(__latchkey)'
`,
  // An empty last argument is lost on its way to a program: a space stands for it.
  powershell: `Register-ArgumentCompleter -Native -CommandName latchkey -ScriptBlock {
  param($word, $ast, $position)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($word -eq '') { $words += ' ' }
  latchkey __complete @words 2>$null | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`,
};
