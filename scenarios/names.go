package scenarios

// kinded are the tables whose entries have a name and then a kind:
// [load.shop.day_night].
var kinded = [...]string{"load", "policy", "fault", "event", "commitment"}

// named are the tables whose entries have a name.
var named = [...]string{"hook", "event", "load", "policy", "fault", "alarm", "metric", "schedule", "gate", "baseline", "commitment", "dependency", "variant", otherGroups}

// otherGroups is the table of the target groups beside [target_group].
const otherGroups = "other_target_group"
