package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Java source that trains with DJL: the builders of its optimizer, of its tracker of the learning rate and of its data
 * set. The batch is of all devices, which share it out.
 */
final class DjlConfig implements ConfigFormat {
    private static final Pattern BUILDER = Pattern.compile(
            "(?:Optimizer\\.(sgd|nag|adam|adamW|rmsprop|adagrad|adadelta)|(Sgd|Nag|Adam|AdamW|RmsProp|Adagrad|Adadelta)\\.builder)"
                    + "(#\\d+)?");
    private static final String CONFIG = "new DefaultTrainingConfig";
    private static final String PENALTY = "new L2WeightDecay";

    @Override
    public String id() {
        return "djl";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has(CONFIG)
                || root.root().entries().keySet().stream()
                        .anyMatch(key -> BUILDER.matcher(key).matches());
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        Lookup builder = builder(root);
        optimizer(root, builder, to);
        Optional<Optimizer> row = Optional.ofNullable(to.text("optimizer")).flatMap(name -> Registry.find("djl", name));
        DjlTracker tracker = DjlTracker.of(builder, to.defaults());
        tracker.learningRate(to, row);
        weightDecay(root, builder, row, to);
        to.number("momentum", builder, "optMomentum", "setMomentum");
        if (row.filter(it -> it.id().startsWith("adam")).isPresent()) {
            to.number("beta1", builder, "optBeta1")
                    .number("beta2", builder, "optBeta2")
                    .number("eps", builder, "optEpsilon");
        }
        batch(root, to);
        to.datasetSize(sources);
        epochs(root, to);
        return ResolvedConfig.of(
                id(),
                to,
                row,
                tracker::schedule,
                new Context(false, false, false, to.build().given("weightDecay"), false),
                DjlFindings.of(root, builder, tracker, to, sources));
    }

    /** What is called on the builders of the optimizer; what is called twice with other values is not known. */
    private static Lookup builder(Lookup root) {
        Map<String, Node.Entry> calls = new LinkedHashMap<>();
        root.root().entries().forEach((key, entry) -> {
            if (BUILDER.matcher(key).matches() && entry.value() instanceof Node.Mapping mapping) {
                mapping.entries()
                        .forEach(
                                (call, argument) -> calls.merge(call, argument, (a, b) -> same(a, b) ? a : unknown(a)));
            }
        });
        return new Lookup(new Node.Mapping(root.root().position(), calls));
    }

    private static boolean same(Node.Entry a, Node.Entry b) {
        return a.value().kind().equals(b.value().kind())
                && (!(a.value() instanceof Node.Mapping)
                        || a.value().position().equals(b.value().position()));
    }

    private static Node.Entry unknown(Node.Entry entry) {
        return new Node.Entry(entry.keyPosition(), new Node.Scalar(entry.value().position(), Node.COMPUTED, false));
    }

    private static void optimizer(Lookup root, Lookup builder, Resolution.Builder to) {
        Set<String> names = new LinkedHashSet<>();
        root.root().entries().keySet().forEach(key -> {
            Matcher matcher = BUILDER.matcher(key);
            if (matcher.matches()) {
                String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                names.add(name.toLowerCase(Locale.ROOT));
            }
        });
        if (names.isEmpty()) {
            to.byDefault("optimizer");
        } else if (names.size() == 1) {
            to.put(
                    "optimizer",
                    names.iterator().next(),
                    new Origin.Written(
                            builder.find("$call").orElseThrow().value().position(), "Optimizer"));
        } else {
            to.put("optimizer", null, new Origin.Unresolved("the file builds several: " + String.join(", ", names)));
        }
    }

    /** A penalty beside the loss counts where the optimizer itself does not decay. */
    private static void weightDecay(Lookup root, Lookup builder, Optional<Optimizer> row, Resolution.Builder to) {
        double usual = row.map(Optimizer::defaultWeightDecay).orElse(Double.NaN);
        Found<Double> own = builder.number("optWeightDecays");
        Found<Double> penalty = penalty(root);
        if (penalty != null && (own == null || (own.value() != null && own.value() == 0)) && !(usual > 0)) {
            to.known("weightDecay", penalty, "").put("regularizer", "l2_weight_decay", penalty.origin());
        } else if (own != null || Double.isNaN(usual)) {
            to.known("weightDecay", own, "optWeightDecays");
        } else {
            to.put("weightDecay", usual, new Origin.DefaultOf(row.orElseThrow().toString()));
        }
    }

    /** {@code new L2WeightDecay(name, parameters, λ)}: 1 where no number is written. */
    static @Nullable Found<Double> penalty(Lookup root) {
        Node arguments = root.find(PENALTY).map(Lookup.Entry::value).orElse(null);
        if (!(arguments instanceof Node.Sequence sequence)) {
            return null;
        }
        Node last = sequence.items().isEmpty() ? sequence : sequence.items().getLast();
        boolean given = sequence.items().size() == 3;
        Double weightDecay = given ? Lookup.number(last) : Double.valueOf(1);
        return new Found<>(weightDecay, Found.at(last.position(), "L2WeightDecay"));
    }

    /** Every data set of the file has the same batch, or it is not known which one trains. */
    private static void batch(Lookup root, Resolution.Builder to) {
        List<Node> sampled = new ArrayList<>();
        root.root().entries().values().forEach(entry -> samplings(entry.value(), sampled));
        List<Double> sizes = sampled.stream()
                .map(node -> node instanceof Node.Sequence arguments
                                && !arguments.items().isEmpty()
                        ? Lookup.number(arguments.items().getFirst())
                        : Lookup.number(node))
                .distinct()
                .toList();
        if (sizes.size() == 1 && sizes.getFirst() != null) {
            to.put("batchSize", sizes.getFirst(), Found.at(sampled.getFirst().position(), "setSampling"));
        } else {
            to.put("batchSize", null, new Origin.Unresolved("the batch that setSampling gives the training set"));
        }
    }

    private static void samplings(Node node, List<Node> found) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((call, entry) -> {
                if (call.equals("setSampling")) {
                    found.add(entry.value());
                }
            });
        }
    }

    private static void epochs(Lookup root, Resolution.Builder to) {
        Node arguments = root.section("EasyTrain.fit")
                .flatMap(fit -> fit.find("$arguments"))
                .map(Lookup.Entry::value)
                .orElse(null);
        if (arguments instanceof Node.Sequence sequence && sequence.items().size() > 1) {
            Node epochs = sequence.items().get(1);
            to.known("epochs", new Found<>(Lookup.number(epochs), Found.at(epochs.position(), "EasyTrain.fit")), "");
        } else {
            to.put(
                    "epochs",
                    null,
                    new Origin.Unresolved("the epochs of the training loop: --epochs in plan and explain"));
        }
    }
}
