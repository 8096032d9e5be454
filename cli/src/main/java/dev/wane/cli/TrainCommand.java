package dev.wane.cli;

import dev.wane.formats.experiment.Purpose;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One recipe. Holds options only: what trains is loaded when it is called. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains the base of an experiment with its own weight decay, once for every tuning seed.",
        footer = {"", "Example:", "  wane train examples/train.yaml"})
final class TrainCommand implements Callable<Integer> {
    @Mixin
    ExperimentOptions experiment = new ExperimentOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        return new SweepRun(
                        experiment,
                        Purpose.TRAIN,
                        false,
                        output,
                        Objects.requireNonNull(spec).commandLine())
                .run();
    }
}
