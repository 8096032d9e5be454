package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.Wsd;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The YAML of dion's training script: Muon or Dion for matrices, another optimizer without decay for the rest. */
final class DionConfig implements ConfigFormat {
    private static final String PROGRAM = "dion's train.py";

    @Override
    public String id() {
        return "dion";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("num_iterations")
                && root.has("optimizer")
                && root.has("scalar_opt", "mu", "device_batch_size", "warmdown_ratio");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder();
        to.text("optimizer", root, PROGRAM, "dion", "optimizer")
                .number("learningRate", root, PROGRAM, 0.02, "lr")
                .number("weightDecay", root, PROGRAM, 0.01, "weight_decay")
                .number("momentum", root, PROGRAM, 0.95, "mu")
                .number("batchSize", root, PROGRAM, 1024, "batch_size")
                .number("sequenceLength", root, PROGRAM, 1024, "sequence_length")
                .number("steps", root, PROGRAM, 3000, "num_iterations");
        String name =
                String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT).replaceFirst("_?(reference|simple)$", "");
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("dion", name)
                        .or(() -> name.equals("adamw") ? Registry.find("torch", name) : Optional.empty()),
                resolution -> schedule(root, resolution),
                new Context(false, false, false, to.build().given("weightDecay"), false),
                List.of());
    }

    private static Schedule schedule(Lookup root, Resolution resolution) {
        Found<Double> share = root.number("warmdown_ratio");
        Double steps = resolution.number("steps");
        double decay = share == null || share.value() == null || steps == null ? 0 : share.value() * steps;
        return new Schedule(decay >= 1 ? new Wsd((long) decay, 0) : new Constant(), 0);
    }
}
