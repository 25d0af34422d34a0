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

/** Files a public name under its chapter. */
function file(project, reflection) {
  const path = project.getSymbolIdFromReflection(reflection)?.fileName.replaceAll("\\", "/") ?? "";
  const chapter = chapterOf(path);
  if (chapter === null) return app.logger.error(`${reflection.name} in ${path} has no chapter in scripts/docs.js`);
  const tag = new CommentTag("@category", [{ kind: "text", text: chapter }]);
  (reflection.comment ??= new Comment()).blockTags.push(tag);
}

/** The docstring of a function whose signatures come from a shared type, put where readers look for it. */
function describeSignatures(reflection) {
  const { comment, signatures = [] } = reflection;
  for (const tag of comment?.getTags("@param") ?? []) {
    for (const parameter of signatures.flatMap((signature) => signature.parameters ?? [])) {
      if (parameter.name === tag.name) parameter.comment ??= new Comment(tag.content);
    }
  }
  comment?.removeTags("@param");
  if (comment !== undefined && signatures.length === 1) {
    signatures[0].comment = comment;
    delete reflection.comment;
  }
}

// After the names of src/index.ts have become those of the project.
const LAST = -100000;
app.converter.on(
  Converter.EVENT_RESOLVE_BEGIN,
  ({ project }) => {
    for (const reflection of project.children) file(project, reflection);
    for (const reflection of project.getReflectionsByKind(ReflectionKind.Function)) describeSignatures(reflection);
  },
  LAST,
);

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
