package dev.wane.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.decay.CoupledSgd;
import dev.wane.explain.Explanation;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.recipe.ModelSize;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RecipeBuilder;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.WeightDecaySchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
    @ParameterizedTest
    @CsvSource({
        "torch/adamw, deepspeed/adam, 0.1, 0.1",
        "torch/adamw, composer/decoupled_adamw, 0.1, 1e-4",
        "composer/decoupled_adamw, torch/adamw, 1e-4, 0.1",
        "torch/adamw, big_vision/adamw, 0.3, 3e-4",
        "torch/sgd, keras/l2, 0.02, 0.01",
        "torch/adam, timm/adam, 0.02, 0.02",
        "keras/l2, torch/sgd, 0.01, 0.02",
        "torch/sgd, timm/sgdw, 0.02, 0.02",
        "bnb/lamb, optax/lamb, 0.05, 0.05"
    })
    void exactConversions(String from, String to, double lambda, double expected) {
        Conversion conversion = Conversion.of(
                recipe(from).weightDecay(lambda).schedule(cosine()).build(), row(to));

        assertThat(conversion.to().weightDecay()).isCloseTo(expected, withinPercentage(1e-10));
        assertThat(conversion.exact()).as(conversion.difference()).isTrue();
        assertThat(Conversion.of(conversion.to(), row(from)).to().weightDecay())
                .isCloseTo(lambda, withinPercentage(1e-10));
    }

    /** timm's sgd is Nesterov's, and DJL's multiplies the rate into the buffer: both show under momentum alone. */
    @ParameterizedTest
    @CsvSource({
        "timm/sgd, ten steps on the same gradients end",
        "djl/sgd, the rate is inside the buffer",
        "keras/l2, the rate is inside the buffer"
    })
    void someUpdatesDifferUnderMomentumAlone(String to, String difference) {
        Recipe plain = recipe("torch/sgd").weightDecay(0.02).schedule(cosine()).build();
        Recipe heavy = plain.but().momentum(new CoupledSgd(0.9, 0, false)).build();

        assertThat(Conversion.of(plain, row(to)).exact()).isTrue();
        assertThat(Conversion.of(heavy, row(to)).difference()).contains(difference);
    }

    /** Nothing that a recipe asks for is dropped without a word. */
    @Test
    void whatTheTargetDoesNotCarryIsSaid() {
        Recipe sgd = recipe("torch/sgd")
                .weightDecay(0.02)
                .schedule(Schedule.constant())
                .build();
        Recipe dampened = sgd.but().momentum(new CoupledSgd(0.9, 0.5, false)).build();
        Recipe nesterov = sgd.but().momentum(new CoupledSgd(0.9, 0, true)).build();
        Recipe adamW = recipe("torch/adamw").weightDecay(0.04).build();
        Recipe moving = adamW.but()
                .weightDecaySchedule(new WeightDecaySchedule(WeightDecaySchedule.Kind.COSINE, 10))
                .build();

        assertThat(Conversion.of(dampened, row("optax/sgd")).difference()).contains("optax has no dampening");
        assertThat(Conversion.of(nesterov, row("megatron/sgd")).difference())
                .contains("Nesterov momentum becomes the classical one, the only one of megatron sgd: ten steps");
        assertThat(Conversion.of(nesterov, row("timm/momentum")).exact()).isFalse();
        assertThat(Conversion.of(nesterov, row("timm/sgd")).exact()).isTrue();
        Conversion fromTimm = Conversion.of(
                recipe("timm/sgd")
                        .weightDecay(0.02)
                        .momentum(new CoupledSgd(0.9, 0, false))
                        .build(),
                row("torch/sgd"));
        assertThat(fromTimm.exact()).as(fromTimm.difference()).isTrue();
        assertThat(fromTimm.to().momentum().nesterov()).isTrue();
        assertThat(Conversion.of(adamW, row("torch/muon")).to().momentum().momentum())
                .isEqualTo(0.95);
        assertThat(Conversion.of(moving, row("torch/adamw")).difference()).contains("to 10.00 of its start");
        assertThat(Conversion.of(adamW.but().cautious(true).build(), row("optax/adamw"))
                        .difference())
                .contains("mask of cautious decay is lost");
        assertThat(Conversion.of(
                                adamW.but().modelSize(new ModelSize(null, 8, 1)).build(), row("mup/adamw"))
                        .difference())
                .contains("divides the learning rate of hidden matrices by the width multiplier 8");
    }

    /** Without a decay per step there is nothing to keep between different updates. */
    @ParameterizedTest
    @CsvSource({"torch/adam, torch/adagrad", "timm/lamb, optax/lars"})
    void noDecayPerStepIsKeptAcrossFamilies(String from, String to) {
        Recipe recipe = recipe(from).weightDecay(0.02).build();

        assertThatThrownBy(() -> Conversion.of(recipe, row(to))).isInstanceOf(NoEquivalentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "torch/adamw, tfa/adamw, follows the schedule differently: decay alone leaves",
        "torch/adamw, timm/adamc, follows the schedule differently",
        "torch/adamw, hf/adamw_hf, each update differs by the share 0.0001",
        "torch/adamw, keras/adamw, (torch adamw: the usual form; keras adamw: eps is not bias-corrected)",
        "bert/adamw, torch/adamw, no bias correction",
        "torch/adam, mxnet/adam, eps is not bias-corrected",
        "torch/adamw, optax/lion, the update itself differs (adam and lion)"
    })
    void whatIsNotExactSaysByHowMuch(String from, String to, String difference) {
        Conversion conversion =
                Conversion.of(recipe(from).weightDecay(0.1).schedule(cosine()).build(), row(to));

        assertThat(conversion.exact()).isFalse();
        assertThat(conversion.difference()).contains(difference);
    }

    /** Under a constant schedule raw decay is the same at every step. */
    @Test
    void rawDecayIsExactUnderAConstantSchedule() {
        assertThat(Conversion.of(recipe("torch/adamw").weightDecay(0.1).build(), row("tfa/adamw"))
                        .exact())
                .isTrue();
    }

    /** The long-run decay is the slow root: 5.0227e-4 per step, not 5e-4. */
    @Test
    void momentumConvertsByItsSlowRoot() {
        Recipe sgd = recipe("torch/sgd")
                .learningRate(0.1)
                .weightDecay(5e-4)
                .momentum(new CoupledSgd(0.9, 0, false))
                .build();

        Conversion conversion = Conversion.of(sgd, row("timm/sgdw"));

        assertThat(conversion.to().weightDecay()).isCloseTo(5.022716321e-3, withinPercentage(1e-7));
        assertThat(conversion.exact()).isFalse();
        assertThat(conversion.difference()).contains("enters the buffer");
    }

    @ParameterizedTest
    @CsvSource({
        "torch/adam, torch/adamw",
        "torch/adamw, torch/adam",
        "timm/lamb, torch/adamw",
        "torch/adamw, optax/lars"
    })
    void whereNoLambdaDoesTheSameItIsSaid(String from, String to) {
        assertThatThrownBy(() -> Conversion.of(recipe(from).weightDecay(0.1).build(), row(to)))
                .isInstanceOf(NoEquivalentException.class)
                .hasMessageContaining("no λ of " + to.replace('/', ' '));
    }

    /** Every row explains itself and converts to every other, or says why not, however little is known. */
    @Test
    void everyPairOfTheRegistryAnswers() {
        for (Optimizer from : Registry.all()) {
            for (boolean sized : new boolean[] {true, false}) {
                Recipe recipe = Recipe.of(from)
                        .learningRate(1e-3)
                        .weightDecay(1e-3)
                        .batchSize(sized ? 128.0 : null)
                        .length(new RunLength.Steps(10))
                        .build();
                assertThat(Explanation.of(recipe).groups()).hasSize(1);
                for (Optimizer to : Registry.all()) {
                    try {
                        assertThat(Conversion.of(recipe, to).to().weightDecay())
                                .isNotNaN()
                                .isNotNegative();
                    } catch (NoEquivalentException e) {
                        assertThat(e).hasMessageContaining("no λ of " + to);
                    }
                }
            }
        }
    }

    @Test
    void noDecayConvertsToNoDecay() {
        assertThat(Conversion.of(recipe("torch/adam").weightDecay(0.0).build(), row("torch/adamw"))
                        .exact())
                .isTrue();
    }

    private static RecipeBuilder recipe(String name) {
        return Recipe.of(row(name))
                .learningRate(1e-3)
                .batchSize(128.0)
                .datasetSize(50_000.0)
                .length(new RunLength.Epochs(10));
    }

    private static Schedule cosine() {
        return new Schedule(new Cosine(0), 0);
    }

    private static Optimizer row(String name) {
        return Registry.get(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1));
    }

    /** Adam moves each coordinate by about η a step, SGD by η times the gradient. */
    @Test
    void anotherUpdateIsNamedWithItsSize() {
        Recipe adam = Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(1e-3)
                .weightDecay(0.1)
                .build();
        Recipe sgd = Recipe.of(Registry.get("torch", "sgd"))
                .learningRate(1e-3)
                .weightDecay(0.1)
                .build();

        assertThat(TenSteps.apart(adam, adam)).isZero();
        assertThat(TenSteps.apart(adam, sgd)).isBetween(0.1, 1.0);
        assertThat(TenSteps.apart(
                        adam,
                        Recipe.of(Registry.get("torch", "nadam"))
                                .learningRate(1e-3)
                                .weightDecay(0.1)
                                .build()))
                .isNaN();
        assertThat(Conversion.of(adam, Registry.get("torch", "sgd")).difference())
                .matches(".*ten steps on the same gradients end 0\\.[0-9]+ of the way apart");
    }
}
