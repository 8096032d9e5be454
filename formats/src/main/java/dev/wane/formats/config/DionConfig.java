package dev.wane.formats.config;

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
                .number("batchSize", root, PROGRAM, 512, "batch_size")
                .number("sequenceLength", root, PROGRAM, 1024, "sequence_length")
                .number("steps", root, PROGRAM, 5000, "num_iterations");
        String name =
                String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT).replaceFirst("_?(reference|simple)$", "");
        if (name.equals("adamw")) {
            to.put("beta1", 0.9, new Origin.DefaultOf(PROGRAM)).put("beta2", 0.95, new Origin.DefaultOf(PROGRAM));
        } else if (name.equals("muon")) {
            to.put("nesterov", "true", new Origin.DefaultOf(PROGRAM));
        }
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
        Double steps = resolution.number("steps");
        double run = steps == null ? 0 : steps;
        double decay = root.numberOr(0.2, "warmdown_ratio") * run;
        long warmup = (long) Math.rint(Math.max(0, root.numberOr(0.01, "warmup_ratio")) * run);
        return new Schedule(decay >= 1 ? new Wsd((long) decay, 0) : new Constant(), warmup);
    }
}
