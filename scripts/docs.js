// Builds the API reference from the docstrings; any warning (undocumented, broken link, unknown tag) is a failure.
import { fileURLToPath } from "node:url";
import { Application, Comment, CommentTag, Converter, ReflectionKind } from "typedoc";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** The chapter of the reference for each place in src/. */
const CHAPTERS = [
  [/^primitives\/|^information\.ts/, "Primitives"],
  [/^losses\//, "Losses"],
  [/^likelihoods\//, "Likelihoods"],
  [/^(priors|penalties)\//, "Priors and penalties"],
  [/^(dataset|matrix|moments)\.ts/, "Data"],
  [/^(models\/|objective\.ts)/, "Objectives"],
  [/^estimators\//, "Fits"],
  [/^(optimizers\/|minimize|resumeMinimizer|result\.ts)/, "Optimisers"],
  [/^job\.ts/, "Jobs"],
  [/^random\.ts/, "Random numbers"],
  [/^(backend|verify)\//, "Backend"],
];

function chapterOf(file) {
  const path = file.replace(/^.*?\/src\//, "");
  return CHAPTERS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

const app = await Application.bootstrapWithPlugins();

/** Files every public name under its chapter. */
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const reflection of project.children.flatMap((module) => module.children)) {
    const file = project.getSymbolIdFromReflection(reflection)?.fileName;
    const chapter = file === undefined ? null : chapterOf(file.replaceAll("\\", "/"));
    if (chapter === null) app.logger.error(`${reflection.name} in ${file} has no chapter in scripts/docs.js`);
    else
      (reflection.comment ??= new Comment()).blockTags.push(
        new CommentTag("@category", [{ kind: "text", text: chapter }]),
      );
  }
});

const project = await app.convert();
if (project !== undefined) {
  app.validate(project);
  await app.generateOutputs(project);
}

/** Exported names, those of namespaces among them. */
function countNames(reflection) {
  return (reflection.children ?? []).reduce((sum, child) => {
    return sum + (child.kindOf(ReflectionKind.SomeModule) ? countNames(child) : child.isReference() ? 0 : 1);
  }, 0);
}

const failed = app.logger.errorCount + app.logger.warningCount;
console.log(`reference: ${project === undefined ? 0 : countNames(project)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
