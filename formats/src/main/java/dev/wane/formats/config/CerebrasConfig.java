package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cerebras' model zoo YAML, old and new. Its learning rate is a list of pieces, the first of them a warm-up. */
final class CerebrasConfig implements ConfigFormat {
    @Override
    public String id() {
        return "cerebras";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("optimizer.optimizer_type") || root.has("trainer.init.optimizer");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Lookup optimizer = optimizer(root);
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.known("optimizer", type(root), "optimizer.optimizer_type");
        List<Lookup> pieces = pieces(root, optimizer);
        peak(optimizer, pieces, to);
        String name = String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT);
        to.number("weightDecay", optimizer, "weight_decay", "weight_decay_rate")
                .betas(optimizer.pair("betas"))
                .optional("beta1", optimizer.number("beta1"))
                .optional("beta2", optimizer.number("beta2"))
                .optional("momentum", optimizer.number("momentum"))
                .number("eps", optimizer, "eps")
                .optional("nesterov", optimizer.text("use_nesterov", "nesterov"))
                .known(
                        "batchSize",
                        root.number("train_input.batch_size", "trainer.fit.train_dataloader.batch_size"),
                        "train_input.batch_size")
                .optional(
                        "sequenceLength",
                        root.number(
                                "train_input.max_sequence_length",
                                "trainer.fit.train_dataloader.max_sequence_length",
                                "model.max_position_embeddings",
                                "trainer.init.model.max_position_embeddings"))
                .datasetSize(sources);
        Found<Double> steps = root.number(
                "runconfig.num_steps",
                "trainer.init.loop.num_steps",
                "runconfig.max_steps",
                "trainer.init.loop.max_steps");
        to.optional("steps", steps)
                .optional(
                        "epochs",
                        steps == null ? root.number("runconfig.num_epochs", "trainer.init.loop.num_epochs") : null);
        aside(root, to);
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("torch", name),
                resolution -> schedule(pieces, optimizer, resolution),
                new Context(
                        root.has("checkpoint.pretrained", "runconfig.load_checkpoint_states"),
                        false,
                        false,
                        to.build().given("weightDecay"),
                        false),
                muP(optimizer, to));
    }

    /** λ with a schedule of its own, and accumulation, which only some of its devices do. */
    private static void aside(Lookup root, Resolution.Builder to) {
        boolean scheduled = root
                .section("trainer.init")
                .map(it -> it.root().entries().get("schedulers"))
                .stream()
                .anyMatch(entry -> entry.value().toString().contains("WD"));
        if (scheduled) {
            to.put(
                    "weightDecay",
                    null,
                    new Origin.Unresolved("a scheduler sets it: --weight-decay in explain and plan"));
        }
        if (root.numberOr(1, "trainer.init.loop.grad_accum_steps", "optimizer.grad_accum_steps") > 1) {
            to.put("batchSize", null, new Origin.Unresolved("grad_accum_steps: multiplied on GPUs and CPUs alone"));
        }
        if (root.has("trainer.init.loop.steps_per_epoch", "runconfig.steps_per_epoch") && to.has("epochs")) {
            to.put("epochs", null, new Origin.Unresolved("steps_per_epoch bounds an epoch: --steps N"));
        }
    }

    private static Lookup optimizer(Lookup root) {
        return root.section("optimizer")
                .or(() -> root.section("trainer.init.optimizer").flatMap(it -> it.section(first(it))))
                .orElse(root.empty());
    }

    private static String first(Lookup lookup) {
        return lookup.root().entries().keySet().stream().findFirst().orElse("");
    }

    private static @Nullable Found<String> type(Lookup root) {
        Found<String> written = root.text("optimizer.optimizer_type");
        return written != null
                ? written
                : root.section("trainer.init.optimizer")
                        .map(it ->
                                new Found<String>(first(it), Found.at(it.root().position(), "trainer.init.optimizer")))
                        .orElse(null);
    }

    /** Old files hold them under the learning rate, new ones among schedulers. */
    private static List<Lookup> pieces(Lookup root, Lookup optimizer) {
        Node node = optimizer
                .find("learning_rate")
                .or(() -> root.find("trainer.init.schedulers"))
                .map(Lookup.Entry::value)
                .orElse(null);
        List<Lookup> pieces = new ArrayList<>();
        flatten(node, pieces);
        return pieces;
    }

    private static void flatten(@Nullable Node node, List<Lookup> pieces) {
        if (node instanceof Node.Sequence list) {
            list.items().forEach(item -> flatten(item, pieces));
        } else if (node instanceof Node.Mapping mapping) {
            Lookup lookup = new Lookup(mapping);
            if (lookup.has("initial_learning_rate", "end_learning_rate", "learning_rate")) {
                pieces.add(lookup);
            } else {
                mapping.entries().forEach((key, entry) -> flatten(named(key, entry.value()), pieces));
            }
        }
    }

    /** New files name a piece by the key above it: {@code CosineDecayLR: {…}}. */
    private static Node named(String key, Node value) {
        if (!(value instanceof Node.Mapping mapping)
                || !key.endsWith("LR")
                || mapping.entries().containsKey("scheduler")) {
            return value;
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
        entries.put("scheduler", new Node.Entry(mapping.position(), new Node.Scalar(mapping.position(), key, true)));
        return new Node.Mapping(mapping.position(), entries);
    }

    private static void peak(Lookup optimizer, List<Lookup> pieces, Resolution.Builder to) {
        Found<Double> peak = optimizer.number("learning_rate");
        for (Lookup piece : pieces) {
            for (String key : List.of("initial_learning_rate", "end_learning_rate", "learning_rate")) {
                Found<Double> rate = piece.number(key);
                boolean higher = rate != null
                        && rate.value() != null
                        && (peak == null || peak.value() == null || rate.value() > peak.value());
                peak = higher ? rate : peak;
            }
        }
        to.known("learningRate", peak, "optimizer.learning_rate");
    }

    private static @Nullable Schedule schedule(List<Lookup> pieces, Lookup optimizer, Resolution resolution) {
        if (pieces.isEmpty()) {
            return optimizer.numberOr(0, "learning_rate") > 0 ? new Schedule(new Constant(), 0) : null;
        }
        boolean warms =
                value(pieces.getFirst(), "initial_learning_rate") < value(pieces.getFirst(), "end_learning_rate");
        double warmup = warms ? value(pieces.getFirst(), "total_iters", "steps", "decay_steps") : 0;
        List<Lookup> rest = warms ? pieces.subList(1, pieces.size()) : pieces;
        if (rest.size() > 1 || !(warmup >= 0) || (warms && !rest.isEmpty() && jumps(rest.getFirst(), resolution))) {
            return null;
        }
        ScheduleShape shape = rest.isEmpty() ? new Constant() : shape(rest.getFirst(), resolution);
        if (shape == null) {
            return null;
        }
        double length = rest.isEmpty() ? Double.NaN : value(rest.getFirst(), "total_iters", "steps", "decay_steps");
        Schedule schedule = new Schedule(shape, (long) warmup);
        return Double.isNaN(length) ? schedule : ScheduleResolver.until(schedule, warmup + length, resolution);
    }

    /** From the end of the warm-up to a rate of its own. */
    private static boolean jumps(Lookup piece, Resolution resolution) {
        double begins = value(piece, "initial_learning_rate", "learning_rate");
        Double peak = resolution.number("learningRate");
        return peak != null && Math.abs(begins - peak) > 1e-6 * peak;
    }

    private static @Nullable ScheduleShape shape(Lookup piece, Resolution resolution) {
        Found<String> written = piece.text("scheduler", "name");
        String kind = written == null ? "" : String.valueOf(written.value()).toLowerCase(Locale.ROOT);
        double floor = ScheduleResolver.floor(piece.number("end_learning_rate"), resolution.number("learningRate"));
        return kind.startsWith("cosinedecay") || kind.equals("cosine")
                ? new Cosine(floor)
                : kind.startsWith("constant")
                        ? new Constant()
                        : kind.startsWith("linear") || kind.isEmpty() ? new Linear(floor) : null;
    }

    private static double value(Lookup lookup, String... keys) {
        Found<Double> found = lookup.number(keys);
        return found == null || found.value() == null ? Double.NaN : found.value();
    }

    /** Under μP the hidden learning rate is a share of the written one, and λ is not scaled against it. */
    private static List<Finding> muP(Lookup optimizer, Resolution.Builder to) {
        Found<Double> share = optimizer.number("adjust_learning_rate.decoder_kernel", "adjust_learning_rate.hidden");
        return share == null || share.value() == null ? List.of() : MupDecay.of(share.value(), to);
    }
}
