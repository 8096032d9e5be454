package dev.wane.cli;

import dev.wane.formats.json.Json;
import dev.wane.formats.json.RegistryJson;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.NearestName;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The registry of meanings. */
@Command(
        name = "frameworks",
        mixinStandardHelpOptions = true,
        description = "Lists what each framework's optimizers mean by weight decay.",
        footer = {"", "Example:", "  wane frameworks keras"})
final class FrameworksCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One framework only.")
    @Nullable
    String name;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        List<Optimizer> rows = name == null ? Registry.all() : Registry.of(Registry.key(name));
        if (rows.isEmpty()) {
            throw new InputException(List.of(new Problem(
                    Position.option(),
                    "unknown framework '" + name + "'; did you mean '"
                            + NearestName.of(Objects.requireNonNull(name), Registry.frameworks()) + "'? Valid: "
                            + String.join(", ", Registry.frameworks()))));
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(output.json ? Json.pretty(RegistryJson.of(rows)) : RegistryText.of(rows, output.style()));
        return ExitCode.SUCCESS;
    }
}
