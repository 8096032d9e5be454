package dev.wane.cli;

import dev.wane.formats.json.Json;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.runs.RunSet;
import dev.wane.lab.past.SweepFindings;
import dev.wane.lab.past.SweepJson;
import dev.wane.lab.report.OptimumReport;
import dev.wane.lab.store.PastRunStore;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What past sweeps say. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Lays past runs out by timescale instead of λ: the best with its interval, what missing it costs, which runs were",
            "inert, which dimensions did nothing, and which next runs would tell most."
        },
        footer = {
            "",
            "Example:",
            "  wane report --optimum sweep.csv --optimizer adamw --dataset-size 50000 --metric val_loss"
        })
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "SOURCE",
            description = "As import-runs takes them. None: what the store keeps.")
    List<String> sources = new ArrayList<>();

    @Option(names = "--optimum", required = true, description = "The best timescale of past runs.")
    boolean optimum;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            defaultValue = "out/wane.db",
            description = "Where import-runs kept them. Default: ${DEFAULT-VALUE}.")
    Path store = Path.of("out/wane.db");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also writes pictures, report.html, report.md and result.json.")
    @Nullable
    Path out;

    @Mixin
    PastOptions past = new PastOptions();

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        SweepFindings findings = PastFindings.of(sources.isEmpty() ? kept() : PastFindings.read(sources), past, recipe);
        PrintWriter printer = Objects.requireNonNull(spec).commandLine().getOut();
        if (out != null) {
            OptimumReport.write(findings, out);
        }
        printer.println(
                output.json
                        ? Json.pretty(SweepJson.of(findings))
                        : OptimumText.of(findings, output.style())
                                + (out == null ? "" : "\n\nreport: " + out.resolve("report.html")));
        return ExitCode.SUCCESS;
    }

    private List<RunSet> kept() {
        if (Files.exists(store)) {
            try (PastRunStore runs = PastRunStore.open(store)) {
                List<RunSet> all = runs.all();
                if (!all.isEmpty()) {
                    return all;
                }
            }
        }
        throw new InputException(List.of(new Problem(
                Position.option(),
                "no past runs: " + store + " keeps none; name a SOURCE, or wane import-runs SOURCE")));
    }
}
