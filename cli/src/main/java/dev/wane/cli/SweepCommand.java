package dev.wane.cli;

import dev.wane.formats.experiment.Purpose;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Many runs of one recipe. Holds options only: what trains is loaded when it is called. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description = {
            "Trains every weight decay of an experiment's grid, crossed with the learning rates of tune.learningRate, with every",
            "tuning seed; writes a table of the runs and says which timescale is best among them."
        },
        footer = {"", "Example:", "  wane sweep examples/fashion-batch.yaml --quick"})
final class SweepCommand implements Callable<Integer> {
    @Mixin
    ExperimentOptions experiment = new ExperimentOptions();

    @Option(names = "--quick", description = "Fewer seeds and a coarser grid.")
    boolean quick;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        return new SweepRun(
                        experiment,
                        Purpose.SWEEP,
                        quick,
                        output,
                        Objects.requireNonNull(spec).commandLine())
                .run();
    }
}
