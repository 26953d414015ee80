/** The changelog as a section of the page. Its titles are no headings there: each would be an entry of the menu. */
export function formatChangelog(changelog: string): string {
  return changelog.replace(/^# .*$/m, '').replace(/^##+ (.*)$/gm, '**$1**');
}
