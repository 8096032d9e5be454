package dev.wane.formats.diff;

import dev.wane.formats.model.TorchCheckpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code param_groups} of an optimizer's state in a PyTorch checkpoint, or the peaks of a scheduler's state. */
final class OptimizerState {
    private static final List<String> PLACES = List.of(
            "optimizer",
            "optimizer_state_dict",
            "optimizer_states",
            "optim",
            "optimizer_state",
            "optim_state",
            "base_optimizer_state",
            "last_optimizer_state");
    private static final List<String> PEAKS = List.of("initial_lr", "max_lr");
    private static final Map<String, String> NAMES = Map.of(
            "lr",
            "learningRate",
            "weight_decay",
            "weightDecay",
            "eps",
            "eps",
            "betas",
            "betas",
            "momentum",
            "momentum",
            "dampening",
            "dampening",
            "nesterov",
            "nesterov");

    /** What timm's groups hold and torch's do not: its SGDW has the keys of torch's SGD too. */
    private static final Set<String> TIMMS = Set.of("caution", "trust_coefficient", "corrected_weight_decay");

    private OptimizerState() {}

    /**
     * Its settings.
     *
     * @throws dev.wane.formats.problem.InputException if the file has none, or cannot be followed
     */
    static RunSettings read(Path file) {
        Object contents = TorchCheckpoint.contents(file);
        if (contents instanceof Map<?, ?> scheduler && scheduler.get("base_lrs") instanceof List<?> peaks) {
            return checkpoint(file, ofScheduler(peaks));
        }
        List<?> groups = groups(contents, 0);
        if (groups == null) {
            throw TorchCheckpoint.problem(file, "holds no optimizer's param_groups");
        }
        Map<String, Map<String, Object>> settings = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i) instanceof Map<?, ?> group) {
                String name = name(group, i);
                settings.put(settings.containsKey(name) ? name + " " + i : name, settings(group));
            }
        }
        return checkpoint(file, settings);
    }

    private static RunSettings checkpoint(Path file, Map<String, Map<String, Object>> groups) {
        if (groups.isEmpty()) {
            throw TorchCheckpoint.problem(file, "holds no group of parameters");
        }
        return RunSettings.checkpoint(file.toString(), groups);
    }

    /** The peaks of a learning-rate scheduler's state, group by group. */
    private static Map<String, Map<String, Object>> ofScheduler(List<?> peaks) {
        Map<String, Map<String, Object>> settings = new LinkedHashMap<>();
        for (int i = 0; i < peaks.size(); i++) {
            if (peaks.get(i) instanceof Number peak) {
                settings.put("group " + i, Map.of("learningRate", peak));
            }
        }
        return settings;
    }

    private static @Nullable List<?> groups(@Nullable Object node, int depth) {
        if (node instanceof List<?> list && !list.isEmpty() && depth < 4) {
            return groups(list.getFirst(), depth + 1);
        }
        if (!(node instanceof Map<?, ?> map) || depth > 4) {
            return null;
        }
        if (map.get("param_groups") instanceof List<?> groups) {
            return groups;
        }
        return PLACES.stream()
                .filter(map::containsKey)
                .<List<?>>map(place -> groups(map.get(place), depth + 1))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String name(Map<?, ?> group, int index) {
        return group.get("name") instanceof String name ? name : "group " + index;
    }

    /** {@code lr} is that of the moment; the peak stands beside it where a scheduler of torch or of Megatron moves it. */
    static Map<String, Object> settings(Map<?, ?> group) {
        Map<String, Object> settings = new LinkedHashMap<>();
        NAMES.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            Object value = group.get(entry.getKey());
            if (value != null) {
                settings.put(entry.getValue(), value);
            }
        });
        Object now = settings.remove("learningRate");
        if (now != null) {
            settings.put("learningRateNow", now);
        }
        for (String peak : PEAKS) {
            if (group.get(peak) != null) {
                settings.put("learningRate", group.get(peak));
            }
        }
        convention(group).ifPresent(convention -> settings.put("convention", convention));
        if (group.get("params") instanceof List<?> parameters) {
            settings.put("parameters", (double) parameters.size());
        }
        return settings;
    }

    /** torch's Adams say it of themselves since 2.6; its SGD has no other. */
    private static Optional<String> convention(Map<?, ?> group) {
        if (group.get("decoupled_weight_decay") instanceof Boolean decoupled) {
            return Optional.of(decoupled ? "decoupled-lr" : "coupled");
        }
        boolean sgd = group.containsKey("momentum")
                && group.containsKey("dampening")
                && TIMMS.stream().noneMatch(group::containsKey);
        return sgd ? Optional.of("coupled") : Optional.empty();
    }
}
