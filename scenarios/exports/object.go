package exports

// object is a table of AWS's API, its names in order. Values are texts, whole numbers,
// numbers, true and false, lists, objects, references and inputs.
type object struct {
	names []string
	items []any
}

// put adds a value; nil is none.
func (o *object) put(name string, value any) *object {
	if value != nil {
		o.names, o.items = append(o.names, name), append(o.items, value)
	}
	return o
}

// get returns a value; nil where there is none.
func (o *object) get(name string) any {
	for i, n := range o.names {
		if n == name {
			return o.items[i]
		}
	}
	return nil
}

// filled returns the object, nil if it is empty.
func (o *object) filled() any {
	if len(o.names) == 0 {
		return nil
	}
	return o
}

// ref is what a resource says of another.
type ref struct {
	to   *resource
	what string // "name", "id", "arn", "version" or "suffix": the end of an ARN
}

// path are texts with "/" between them.
type path []any

// input is what nobody knows but the user.
type input struct {
	name  string // "VPC_ID"
	about string
	kind  string // CloudFormation's type of a parameter
}

// The inputs that an export may need.
var (
	vpcInput      = input{"VPC_ID", "the VPC of the target group", "AWS::EC2::VPC::Id"}
	balancerInput = input{"LOAD_BALANCER", "app/NAME/ID of the load balancer, for its metrics", "String"}
	queueInput    = input{"QUEUE", "the name of the queue that the workers drain, for its metrics", "String"}
	spaceInput    = input{"NAMESPACE", "the namespace of the metrics that are recorded, such as AWS/SQS", "String"}
)

// resource is a resource of AWS's.
type resource struct {
	kind kind
	name string // of AWS's, or of the scenario's table
	body *object
}

// kind is what a resource is.
type kind uint8

const (
	launchTemplate kind = iota
	targetGroup
	group
	warmPool
	hook
	policy
	alarm
	schedule
)
