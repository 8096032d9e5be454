package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Learning rates in the middle of a run, as the programs' own formulas give them. */
class RunSchedulesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "nanotron decays for its own steps | a.yaml | {tokens: {train_steps: 1000, micro_batch_size: 2}, parallelism: {dp: 4}, optimizer: {weight_decay: 0.1, learning_rate_scheduler: {learning_rate: 1, min_decay_lr: 0.5, lr_warmup_steps: 100, lr_decay_steps: 200}}} | 200 | 0.75",
                "and then stays | a.yaml | {tokens: {train_steps: 1000, micro_batch_size: 2}, parallelism: {dp: 4}, optimizer: {weight_decay: 0.1, learning_rate_scheduler: {learning_rate: 1, min_decay_lr: 0.5, lr_warmup_steps: 100, lr_decay_steps: 200}}} | 900 | 0.5",
                "nanotron without a least rate stays at its peak | a.yaml | {tokens: {train_steps: 1000, micro_batch_size: 2}, parallelism: {dp: 4}, optimizer: {weight_decay: 0.1, learning_rate_scheduler: {learning_rate: 1, lr_warmup_steps: 100}}} | 900 | 1",
                "nanotron starts late | a.yaml | {tokens: {train_steps: 1000, micro_batch_size: 2}, parallelism: {dp: 4}, optimizer: {weight_decay: 0.1, learning_rate_scheduler: {learning_rate: 1, min_decay_lr: 0, lr_warmup_steps: 100, lr_decay_starting_step: 600, lr_decay_steps: 200, lr_decay_style: 1-sqrt}}} | 650 | 0.5",
                "OLMo's schedule ends where t_max says | a.yaml | {optimizer: {learning_rate: 1}, global_train_batch_size: 8, max_duration: 1000, scheduler: {t_max: 2000, t_warmup: 0, alpha_f: 0}} | 999 | 0.5",
                "OLMo's schedule is that of the whole duration | a.yaml | {optimizer: {learning_rate: 1}, global_train_batch_size: 8, max_duration: 2000, stop_at: 1000, scheduler: {t_warmup: 0, alpha_f: 0}} | 999 | 0.5",
                "OLMo's constant does not warm up | a.yaml | {optimizer: {learning_rate: 1}, global_train_batch_size: 8, max_duration: 1000, scheduler: {name: constant}} | 0 | 1",
                "Composer's t_max may be longer than the run | a.yaml | {optimizer: {name: decoupled_adamw, lr: 1}, global_train_batch_size: 8, max_duration: 1000ba, scheduler: {name: cosine_with_warmup, t_warmup: 0ba, t_max: 2000ba}} | 999 | 0.5",
                "Megatron's stable stage decays exponentially | a.sh | train --micro-batch-size 2 --global-batch-size 64 --train-iters 1000 --lr 1 --lr-decay-style WSD --lr-wsd-decay-iters 400 | 800 | 0.41421356",
                "or as it is told | a.sh | train --micro-batch-size 2 --global-batch-size 64 --train-iters 1000 --lr 1 --lr-decay-style WSD --lr-wsd-decay-iters 400 --lr-wsd-decay-style minus_sqrt | 700 | 0.5",
                "Megatron's warm-up by fraction comes first | a.sh | train --micro-batch-size 2 --global-batch-size 64 --train-iters 1000 --lr 1 --lr-decay-style constant --lr-warmup-iters 0 --lr-warmup-fraction 0.2 | 99 | 0.5",
                "Megatron-DeepSpeed counts tokens | a.sh | train --micro-batch-size 1 --global-batch-size 8 --seq-length 128 --train-samples 3000000 --train-tokens 1024000 --lr-decay-tokens 2048000 --lr 1 --lr-decay-style linear | 999 | 0.5",
                "Megatron's decay by samples | a.sh | train --micro-batch-size 1 --global-batch-size 8 --train-samples 8000 --lr-decay-samples 16000 --lr 1 --lr-decay-style linear | 999 | 0.5",
                "torchtitan's root | a.toml | job = {}\\ntraining = {steps = 1000, local_batch_size = 8, seq_len = 8}\\noptimizer = {lr = 1.0}\\nlr_scheduler = {warmup_steps = 0, decay_ratio = 0.4, decay_type = \"sqrt\"} | 700 | 0.5",
                "torchtitan's cosine over all that is left | a.toml | job = {}\\ntraining = {steps = 1000, local_batch_size = 8, seq_len = 8}\\noptimizer = {lr = 1.0}\\nlr_scheduler = {warmup_steps = 200, decay_ratio = 0.8, decay_type = \"cosine\"} | 600 | 0.5",
                "NeoX decays over a fraction | a.yml | {\"train_batch_size\": 8, \"hidden_size\": 8, \"train_iters\": 1000, \"lr_decay_fraction\": 0.5, \"lr_decay_style\": \"cosine\", \"warmup\": 0, \"optimizer\": {\"type\": \"Adam\", \"params\": {\"lr\": 1}}} | 250 | 0.5",
                "transformers' constant does not warm up | a.yaml | {output_dir: x, per_device_train_batch_size: 8, max_steps: 1000, lr_scheduler_type: constant, warmup_ratio: 0.5, learning_rate: 1} | 0 | 1",
                "transformers' stable stage ends in a cosine | a.yaml | {output_dir: x, per_device_train_batch_size: 8, max_steps: 1000, lr_scheduler_type: warmup_stable_decay, learning_rate: 1, lr_scheduler_kwargs: {num_decay_steps: 400}} | 800 | 0.5",
                "and may end before the run | a.yaml | {output_dir: x, per_device_train_batch_size: 8, max_steps: 1000, lr_scheduler_type: warmup_stable_decay, learning_rate: 1, lr_scheduler_kwargs: {num_decay_steps: 400, num_stable_steps: 200, min_lr_ratio: 0.25, decay_type: linear}} | 900 | 0.25",
                "transformers' inverse root has a timescale of its own | a.yaml | {output_dir: x, per_device_train_batch_size: 8, max_steps: 40000, lr_scheduler_type: inverse_sqrt, learning_rate: 1} | 30000 | 0.5",
                "axolotl's cosine may stop falling | a.yaml | {base_model: x, micro_batch_size: 2, max_steps: 1000, learning_rate: 1, warmup_steps: 0, lr_scheduler: cosine, cosine_min_lr_ratio: 0.1, cosine_constant_lr_ratio: 0.5} | 750 | 0.1",
                "litgpt warms up by itself | a.yaml | {model_name: x, optimizer: AdamW, train: {global_batch_size: 8, max_seq_length: 100, max_tokens: 8000000, learning_rate: 1}} | 999 | 0.5",
                "Cerebras' piece ends where it says | a.yaml | {trainer: {init: {optimizer: {AdamW: {weight_decay: 0.1}}, loop: {max_steps: 1000}, schedulers: [{CosineDecayLR: {initial_learning_rate: 1.0, end_learning_rate: 0.0, total_iters: 2000}}]}, fit: {train_dataloader: {batch_size: 8}}}} | 999 | 0.5",
                "fairseq's polynomial ends where it says | a.yaml | {optimizer: {_name: adam}, optimization: {lr: [1], max_update: 1000}, dataset: {batch_size: 8}, lr_scheduler: {_name: polynomial_decay, total_num_update: 2000}} | 999 | 0.5",
                "fairseq's inverse root warms up for 4000 | a.yaml | {optimizer: {_name: adam}, optimization: {lr: [1], max_update: 32000}, dataset: {batch_size: 8}, lr_scheduler: {_name: inverse_sqrt}} | 16000 | 0.5",
                "big_vision's warm-up by share | a.py | def get_config():\\n  config = mlc.ConfigDict()\\n  config.optax_name = 'scale_by_adam'\\n  config.lr = 1.0\\n  config.wd = 0.1\\n  config.total_steps = 1000\\n  config.input = dict(batch_size=8)\\n  config.schedule = dict(decay_type='linear', warmup_percent=0.2, linear_end=0.5) | 600 | 0.75",
                "detectron2's warm-up lies over its cosine | a.yaml | {SOLVER: {BASE_LR: 1.0, MAX_ITER: 1000, WARMUP_ITERS: 400, LR_SCHEDULER_NAME: WarmupCosineLR}} | 500 | 0.5",
                "timm's lies over its cosine | args.yaml | {opt: adamw, sched: cosine, epochs: 10, warmup_epochs: 4, lr: 1.0, batch_size: 500, world_size: 1, drop_path: 0} | 505 | 0.5",
                "timm's comes before it where told | args.yaml | {opt: adamw, sched: cosine, epochs: 10, warmup_epochs: 4, warmup_prefix: true, lr: 1.0, batch_size: 500, world_size: 1, drop_path: 0} | 909 | 0.5",
                "Ultralytics' lies over its line | args.yaml | {optimizer: SGD, lr0: 1.0, lrf: 0.0, epochs: 10, warmup_epochs: 4, batch: 50, nbs: 50} | 5050 | 0.5",
                "detectron2's cosine has an end | a.yaml | {SOLVER: {BASE_LR: 1.0, BASE_LR_END: 0.5, MAX_ITER: 1000, WARMUP_ITERS: 0, LR_SCHEDULER_NAME: WarmupCosineLR}} | 500 | 0.75"
            })
    void theRateIsTheProgramsOwn(String what, String name, String text, long step, double multiplier) {
        Recipe recipe = recipe(name, text.replace("\\n", "\n"));
        Schedule schedule = recipe.schedule();

        assertThat(schedule).isNotNull();
        assertThat(schedule.multiplier(step, TrainingScale.of(recipe).executedSteps()))
                .isCloseTo(multiplier, within(0.002));
    }

    /** timm: 10 epochs and 10 more at the least rate, of whole batches only. */
    @Test
    void timmCoolsDown() {
        Recipe recipe = recipe(
                "args.yaml",
                "{opt: adamw, sched: cosine, epochs: 10, cooldown_epochs: 10, warmup_epochs: 0, min_lr: 0.1, lr: 1.0,"
                        + " batch_size: 1000, world_size: 1, drop_path: 0}");

        assertThat(TrainingScale.of(recipe).executedSteps()).isEqualTo(1000);
        assertThat(recipe.schedule().multiplier(250, 1000)).isCloseTo(0.55, within(0.005));
        assertThat(recipe.schedule().multiplier(700, 1000)).isCloseTo(0.1, within(1e-9));
    }

    private static Recipe recipe(String name, String text) {
        Node.Mapping tree = (Node.Mapping) TreeReader.parse(name, text);
        return ConfigReader.read(new Sources(tree, List.of(), null, 50_500.0), null)
                .recipe();
    }
}
