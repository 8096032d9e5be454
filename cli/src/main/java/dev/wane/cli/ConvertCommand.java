package dev.wane.cli;

import dev.wane.convert.Conversion;
import dev.wane.convert.NoEquivalentException;
import dev.wane.formats.ConversionTarget;
import dev.wane.formats.RecipeReader;
import dev.wane.formats.code.GeneratedCode;
import dev.wane.formats.json.ConversionJson;
import dev.wane.formats.json.Json;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.recipe.Recipe;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The same decay in another framework. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Gives the same decay in another framework or optimizer, with code and a test of ten steps.",
        footer = {"", "Example:", "  wane convert examples/recipe.yaml --to-framework keras --to-optimizer adamw"})
final class ConvertCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A recipe or a trainer's configuration; options override it.")
    @Nullable
    Path file;

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Option(names = "--to-framework", paramLabel = "NAME", description = "Default: that of the recipe.")
    @Nullable
    String framework;

    @Option(names = "--to-optimizer", paramLabel = "NAME", description = "Default: the optimizer's own name.")
    @Nullable
    String optimizer;

    @Option(
            names = "--to-regularizer",
            paramLabel = "NAME",
            description = "A penalty in the loss, beside the optimizer; alone it stands under plain SGD.")
    @Nullable
    String regularizer;

    @Option(
            names = "--emit",
            paramLabel = "WHAT",
            description =
                    "code: only the code; config: only the numbers; test: ten steps of the optimizer that a trainer makes of its configuration, or of DJL or DL4J.")
    @Nullable
    Emit emit;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    enum Emit {
        CODE,
        CONFIG,
        TEST
    }

    @Override
    public Integer call() {
        Conversion conversion = conversion();
        String code = code(conversion);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<String> notes = Stream.concat(conversion.unchecked().stream(), recipe.notes().stream())
                .toList();
        if (output.json) {
            out.println(Json.pretty(ConversionJson.of(conversion, code, notes)));
            return ExitCode.SUCCESS;
        }
        if (emit == null || emit == Emit.CONFIG) {
            Recipe to = conversion.to();
            out.println(output.style()
                    .bold(to.optimizer() + ": learning rate " + to.learningRate() + ", weight decay " + to.weightDecay()
                            + " (" + to.convention().id() + ")"));
            out.println(conversion.exact() ? "exact" : "not exact: " + conversion.difference());
            notes.forEach(note -> out.println(output.style().faint("note: " + note)));
        }
        if (emit == null) {
            out.println();
        }
        out.print(code);
        out.flush();
        return ExitCode.SUCCESS;
    }

    private String code(Conversion conversion) {
        return switch (emit) {
            case null -> GeneratedCode.of(conversion);
            case CODE -> GeneratedCode.of(conversion);
            case CONFIG -> "";
            case TEST ->
                GeneratedCode.test(conversion)
                        .orElseThrow(
                                () -> new InputException(List.of(new Problem(Position.option(), noTest(conversion)))));
        };
    }

    private static String noTest(Conversion conversion) {
        return conversion.agreesClosely()
                ? "--emit test is for trainers that take configuration and for DJL and DL4J; the code for "
                        + conversion.to().optimizer().framework() + " has its test in it, or has none"
                : "ten steps of the two do not agree: " + conversion.difference();
    }

    private Conversion conversion() {
        Problems problems = new Problems();
        Node tree = recipe.tree(file);
        Node whole = recipe.over(tree, problems);
        Recipe from = RecipeReader.read(whole, "a recipe", RecipeReader.KEYS, problems);
        ConversionTarget to = ConversionTarget.read(from, framework, optimizer, regularizer, problems);
        RecipeOptions.need(whole, "a conversion", problems);
        problems.throwIfAny();
        try {
            ConversionTarget target = Objects.requireNonNull(to);
            return Conversion.of(Objects.requireNonNull(from), target.optimizer(), target.regularizer());
        } catch (NoEquivalentException e) {
            throw new InputException(List.of(new Problem(Position.option(), String.valueOf(e.getMessage()))));
        }
    }
}
