package dev.wane.formats.code;

import dev.wane.convert.Conversion;
import dev.wane.formats.json.Json;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.recipe.Recipe;
import dev.wane.schedule.WeightDecaySchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configuration of trainers that bring their own parameter groups. */
final class ConfigText {
    private ConfigText() {}

    /** JSON has no comments: the header is a key that DeepSpeed ignores. Groups are the model's: DeepSpeed takes them as given. */
    static String deepspeed(Conversion conversion) {
        Recipe to = conversion.to();
        return Json.pretty(Json.object(
                        "_comment",
                        GeneratedCode.header(conversion, "").strip() + """

                                Decays every parameter that it is given: hand it groups, deepspeed.initialize(model_parameters=[
                                {"params": [p for p in model.parameters() if p.ndim >= 2]},
                                {"params": [p for p in model.parameters() if p.ndim < 2], "weight_decay": 0.0}], ...)""",
                        "optimizer",
                        Json.object("type", deepspeedType(to.optimizer()), "params", deepspeedParameters(to))))
                + "\n";
    }

    private static String deepspeedType(Optimizer optimizer) {
        return switch (optimizer.id()) {
            case "adam", "adamw", "cpu_adam" -> "AdamW";
            case "onebitadam" -> "OneBitAdam";
            case "zerooneadam" -> "ZeroOneAdam";
            case "lamb" -> "Lamb";
            case "onebitlamb" -> "OneBitLamb";
            case "lion" -> "Lion";
            case "muon" -> "Muon";
            case "adagrad" -> "Adagrad";
            default -> throw new IllegalArgumentException("no generator for " + optimizer);
        };
    }

    private static Map<String, @Nullable Object> deepspeedParameters(Recipe to) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("lr", to.learningRate());
        if (to.family().hasBetas()) {
            parameters.put("betas", List.of(to.betas().first(), to.betas().second()));
        }
        if (to.family().hasBetas() && to.family() != Family.LION) {
            parameters.put("eps", to.epsilon());
        }
        if (to.family() == Family.MUON) {
            parameters.put("momentum", to.momentum().momentum());
        }
        parameters.put("weight_decay", to.weightDecay());
        return parameters;
    }

    static String trainingArguments(Conversion conversion) {
        Recipe to = conversion.to();
        return GeneratedCode.header(conversion, "# ")
                + """
                # Trainer leaves biases and normalisation modules out by itself; embeddings are decayed.
                optim: %s
                learning_rate: %s
                weight_decay: %s
                adam_beta1: %s
                adam_beta2: %s
                adam_epsilon: %s
                """.formatted(
                                to.optimizer().id(),
                                to.learningRate(),
                                to.weightDecay(),
                                to.betas().first(),
                                to.betas().second(),
                                to.epsilon());
    }

    static String composer(Conversion conversion) {
        Recipe to = conversion.to();
        return GeneratedCode.header(conversion, "# ")
                + """
                # λ is multiplied by the schedule alone: far smaller than torch's. The group is llm-foundry's, by name;
                # in Python pass groups with weight_decay 0 for biases and norms.
                optimizer:
                  name: %s
                  lr: %s
                  weight_decay: %s
                %s\
                  param_groups:
                    - param_str_match: '(norm|ln|bn)[^.]*\\.(weight|bias)$|bias$'
                      weight_decay: 0.0
                """.formatted(
                                to.optimizer().id(),
                                to.learningRate(),
                                to.weightDecay(),
                                to.family().hasBetas()
                                        ? "  betas: [" + to.betas().first() + ", "
                                                + to.betas().second() + "]\n" + epsilon(to)
                                        : "  momentum: " + to.momentum().momentum() + "\n  nesterov: "
                                                + to.momentum().nesterov() + "\n");
    }

    private static String epsilon(Recipe to) {
        return to.family() == Family.LION ? "" : "  eps: " + to.epsilon() + "\n";
    }

    static String megatron(Conversion conversion) {
        Recipe to = conversion.to();
        String own = to.family().hasBetas()
                ? "--adam-beta1 " + to.betas().first() + " --adam-beta2 "
                        + to.betas().second() + " --adam-eps " + to.epsilon()
                : "--sgd-momentum " + to.momentum().momentum();
        return GeneratedCode.header(conversion, "# ")
                + """
                # Biases and one-dimensional parameters are left out by itself.
                OPTIMIZER_ARGS=(
                  --optimizer %s --lr %s --weight-decay %s
                  %s
                )
                """.formatted(to.optimizer().id(), to.learningRate(), to.weightDecay(), own + moving(to));
    }

    /** λ from start to end over the run, as Megatron takes it. */
    private static String moving(Recipe to) {
        WeightDecaySchedule schedule = to.weightDecaySchedule();
        return schedule.isConstant()
                ? ""
                : "\n  --start-weight-decay " + to.weightDecay() + " --end-weight-decay "
                        + GeneratedCode.decay(to) * schedule.end() + " --weight-decay-incr-style "
                        + schedule.kind().id();
    }

    static String timm(Conversion conversion) {
        Recipe to = conversion.to();
        return GeneratedCode.header(conversion, "# ")
                + "# One-dimensional parameters, biases and no_weight_decay() are left out by itself.\n"
                + "--opt " + to.optimizer().id() + " --lr " + to.learningRate() + " --weight-decay " + to.weightDecay()
                + timmOwn(to)
                + "\n";
    }

    /** Adan has three betas, which are left as they are; Nesterov's form without momentum is refused by torch. */
    private static String timmOwn(Recipe to) {
        if (to.optimizer().id().startsWith("adan")) {
            return " --opt-eps " + to.epsilon();
        }
        if (to.family().hasBetas()) {
            return " --opt-betas " + to.betas().first() + " " + to.betas().second() + " --opt-eps " + to.epsilon();
        }
        boolean none = to.optimizer().nesterov() && to.momentum().momentum() == 0;
        return " --momentum " + to.momentum().momentum() + (none ? " --opt-kwargs nesterov=False" : "");
    }
}
