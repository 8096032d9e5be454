package dev.wane.cli;

import dev.wane.formats.json.Json;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.runs.RunColumns;
import dev.wane.formats.runs.RunQuantity;
import dev.wane.formats.runs.RunRecipes;
import dev.wane.formats.runs.RunSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Past sweeps into a store. */
@Command(
        name = "import-runs",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps the runs of past sweeps: tables (CSV, TSV, JSONL, JSON), folders of W&B, MLflow, Hugging Face, Lightning",
            "or TensorBoard's hparams, an Optuna SQLite file, an MLflow server. wane report --optimum answers from them."
        },
        footer = {"", "Example:", "  wane import-runs sweep.csv mlruns/ http://localhost:5000"})
final class ImportRunsCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = "A file, a folder or an address.")
    List<String> sources = new ArrayList<>();

    @Option(
            names = "--store",
            paramLabel = "FILE",
            defaultValue = "out/wane.db",
            description = "SQLite file that keeps them. Default: ${DEFAULT-VALUE}.")
    Path store = Path.of("out/wane.db");

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        List<RunSet> sets = PastFindings.read(sources);
        PastFindings.keep(sets, store);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (output.json) {
            out.println(Json.pretty(Json.object(
                    "version",
                    1,
                    "sources",
                    sets.stream().map(ImportRunsCommand::json).toList())));
        } else {
            sets.forEach(set -> text(set, out));
            out.println("kept in " + store + "; wane report --optimum --store " + store);
        }
        return ExitCode.SUCCESS;
    }

    private static Map<RunQuantity, List<String>> columns(RunSet set) {
        return RunColumns.find(set.runs(), Map.of(), new Problems()).of();
    }

    private static Map<String, @Nullable Object> json(RunSet set) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns(set).forEach((quantity, column) -> columns.put(quantity.id(), String.join(", ", column)));
        return Json.object(
                "source", set.source(),
                "kind", set.kind(),
                "runs", set.runs().size(),
                "columns", columns,
                "figures", List.copyOf(RunRecipes.figures(set.runs())));
    }

    private static void text(RunSet set, PrintWriter out) {
        out.println(set.source() + ": " + set.runs().size() + " runs (" + set.kind() + ")");
        columns(set)
                .forEach((quantity, column) ->
                        out.println(String.format("  %-16s %s", quantity.id(), String.join(", ", column))));
        out.println("  figures          " + String.join(", ", RunRecipes.figures(set.runs())));
    }
}
