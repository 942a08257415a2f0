import { text } from "node:stream/consumers";
import { ESLint } from "eslint";

// Lints texts that are in no file: `[{path, code}]` comes as JSON on standard input, and for each what is reported goes to
// standard output. A process of its own, because jest cannot load the ES module that the configuration is.
// Only the rules of the house run: those that need types cannot, as a text in no file belongs to no program.
const eslint = new ESLint({
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId.startsWith("no-restricted-") || ruleId.endsWith("/consistent-type-imports"),
});
const reports = [];
for (const { path, code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: path });
  reports.push(result.messages.map((message) => message.ruleId ?? message.message));
}
process.stdout.write(JSON.stringify(reports));
