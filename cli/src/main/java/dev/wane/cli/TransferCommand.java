package dev.wane.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    @Mixin
    ExperimentOptions experiment = new ExperimentOptions();

    @Option(
            names = "--quick",
            description = "Fewer seeds, a coarser grid, the recommended law only; the report says so.")
    boolean quick;

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
