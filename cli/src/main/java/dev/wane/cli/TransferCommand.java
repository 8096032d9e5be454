package dev.wane.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job. Holds options only: what trains is loaded when it is called. */
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        description = {
            "Tunes weight decay at a base, carries it to each target by every law and unscaled, trains them all",
            "against the best that the target has, and reports regret and noise."
        },
        footer = {"", "Example:", "  wane transfer examples/fashion-batch.yaml --quick"})
final class TransferCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXPERIMENT", description = "An experiment (YAML, TOML, JSON).")
    @Nullable
    Path file;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "SQLite file that keeps the trials. Default: wane.db in the output folder.")
    @Nullable
    String store;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out",
            description = "Reports go to DIR/NAME. Default: ${DEFAULT-VALUE}.")
    Path out = Path.of("out");

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Trials at once. Default: one per core, or as the task says.")
    @Nullable
    Integer workers;

    @Option(names = "--on", paramLabel = "WHERE", defaultValue = "local", description = "local is the one there is.")
    String on = "local";

    @Option(
            names = "--quick",
            description = "Fewer seeds, a coarser grid, the recommended law only; the report says so.")
    boolean quick;

    @Option(names = "--dry-run", description = "Check the experiment and say what would be trained.")
    boolean dryRun;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        return new TransferRun(this, Objects.requireNonNull(spec).commandLine()).run();
    }
}
